import { MOST_SHARDS, type NoticeParts, type PlacedNotice, type ShardPart } from "../shard-part.js";
import { type Reader, ReportFault, SOME } from "./json-reader.js";
import { MARKERS } from "./read-finding.js";
import { MARK, RUN } from "./shapes.js";

/** What a shard's report adds. Throws `ReportFault`. */
export function readShardPart(shard: Reader): ShardPart {
  const of = shard.count("of", 1);
  if (of > MOST_SHARDS) throw shard.fault("of", `must be at most ${MOST_SHARDS}`);
  const index = shard.count("index", 1);
  if (index > of) throw shard.fault("index", "is larger than shard.of");
  return {
    index,
    of,
    run: shard.text("run", RUN),
    commits: shard.count("commits"),
    nothing: shard.text("nothing", SOME),
    allow_incomplete: shard.flag("allow_incomplete"),
    refused_allows: shard.count("refused_allows"),
    values: distinct(shard.texts("values", MARK), shard),
    markers: shard.texts("markers").map((given, at) => {
      const marker = MARKERS.find((one) => one === given);
      if (marker === undefined) throw shard.fault(`markers[${at}]`, `must be one of ${MARKERS.join(", ")}`);
      return marker;
    }),
    notices: readNotices(shard.object("notices")),
  };
}

function distinct(values: readonly string[], shard: Reader): readonly string[] {
  if (new Set(values).size < values.length)
    throw new ReportFault(`${shard.at}.values holds the same mark twice`);
  return values;
}

function readNotices(notices: Reader): NoticeParts {
  const unused = notices.objectOrNull("unused");
  return {
    faults: notices.objects("faults", readPlaced),
    unbound: notices.objects("unbound", readPlaced),
    settings: notices.texts("settings"),
    unused: unused === null ? null : readUnused(unused),
  };
}

function readUnused(unused: Reader): NoticeParts["unused"] {
  const baseline = unused.objectOrNull("baseline");
  return {
    tables: unused.objects("tables", (table) => ({
      file: table.text("file", SOME),
      number: table.count("number"),
      matched: table.flag("matched"),
      text: table.text("text"),
    })),
    comments: unused.objects("comments", readPlaced),
    baseline:
      baseline === null
        ? null
        : {
            file: baseline.text("file", SOME),
            known: baseline.count("known"),
            matched: baseline.count("matched"),
          },
  };
}

function readPlaced(placed: Reader): PlacedNotice {
  return { path: placed.text("path"), line: placed.count("line", 1), text: placed.text("text", SOME) };
}
