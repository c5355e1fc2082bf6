/** allow: the custom masks of .aura/live.toml take both values out. */
export function notify(): string {
  return send("INT_TOK_ABCDEFGHIJKLMNOPQRSTUVWX", "ada.lovelace@internal.example.com");
}

/** allow: the token goes, `Authorization: Bearer ` stays. */
export const fetchOrders = async (): Promise<unknown> => {
  const answer = await fetch("https://api.example.com/orders", {
    headers: { Authorization: "Bearer mF_9.B5f-4.1JqM" },
  });
  return answer.json();
};

declare function send(token: string, to: string): string;
