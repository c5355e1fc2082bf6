import { seriesStyle } from "../page/style.js";

/** The colours of the evidence's charts, in light and in dark. */
export const STYLE = seriesStyle({
  sent: ["#2f6fb0", "#5b9bd8"],
  cleared: ["#8db7de", "#2f567b"],
  failed: ["#8a8f94", "#7c848a"],
  withheld: ["#8a8f94", "#7c848a"],
  blocked: ["#b3372f", "#e0685f"],
  masked: ["#7a58a8", "#a78bd4"],
});
