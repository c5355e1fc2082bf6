import { describe, expect, it } from "vitest";
import { assignedValues } from "../../src/assignments/assigned-values.js";
import { expectFound } from "./marked.js";

describe("a dump's rows hold secrets in the columns that say so", () => {
  it.each([
    [
      "columns named by the statement",
      "INSERT INTO `users` (`name`, `password`) VALUES ('ada', '‹{{hex*32}}›'),\n('eve', '‹blue{{}}door›');",
    ],
    [
      "columns named by the table before",
      "CREATE TABLE `t` (\n  `id` int(11) NOT NULL,\n  `passwd` varchar(64) DEFAULT NULL\n);\nINSERT INTO `t` VALUES (1,'‹blue{{}}door›');",
    ],
    [
      "no columns named, a table of users",
      "INSERT INTO wp_users VALUES (1,'ada','‹{{hex*32}}›','2024-01-01');",
    ],
    [
      "PostgreSQL's copy",
      "COPY public.people (id, password_hash) FROM stdin;\n1\t‹{{hex*40}}›\n2\t\\N\n3\t‹{{hex*40}}›\n\\.\nSELECT 1;",
    ],
    [
      "brackets and quotes within a cell",
      "insert into users (note, password) values ('a (b), ''c''', '‹blue{{}}door7›');",
    ],
    [
      "a function around the cell",
      "INSERT INTO users (name, password) VALUES ('ada', MD5('‹blue{{}}door7›'));",
    ],
    ["a statement cut off", "INSERT INTO users (name, password) VALUES ('ada', '‹blue{{}}door7›'), ('ev"],
  ])("%s", (_, template) => expectFound("column", template));

  it.each([
    ["another column", "INSERT INTO files (name, checksum) VALUES ('ada', '{{hex*40}}');"],
    ["a table of files", "INSERT INTO `files` VALUES (1, '{{hex*32}}');"],
    ["parameters", "INSERT INTO users (name, password) VALUES (?, ?);"],
    [
      "rows of several tables",
      "CREATE TABLE a (id int, password text);\nINSERT INTO b VALUES (1, 'bluedoor');",
    ],
    ["an empty cell", "INSERT INTO users (name, password) VALUES ('ada', '');"],
  ])("nothing: %s", (_, template) => expectFound("column", template));
});

describe("an export of passwords holds them in the columns that its first line names", () => {
  it.each([
    [
      "commas",
      "name,url,username,password\nacme,https://acme.io,ada,‹blue{{}}door7›\nb,https://b.io,eve,‹red{{}}door›\n",
    ],
    ["semicolons and a mark at the start", "\ufeffhost;login;password\r\nweb1;ada;‹blue{{}}door›\r\n"],
    ["tabs", "user\tpasswd\nada\t‹blue{{}}door›\n"],
    ["quotes", '"user","password"\n"ada, b.","‹blue{{}}door›"\n'],
    [
      "a quote that does not end",
      'user,password\nada,‹blue{{}}door›\n"eve,red{{}}door\nkim,‹green{{}}door›\n',
    ],
  ])("%s", (_, template) => expectFound("column", template));

  it.each([
    ["no such column", "name,size\nada,bluedoor\n"],
    ["an empty cell", "name,password\nada,\n"],
    ["a first line that is a sentence", "Your name, and password!\nada,bluedoor\n"],
  ])("nothing: %s", (_, template) => expectFound("column", template));
});

describe("a Secret of Kubernetes is one under every key", () => {
  it.each([
    [
      "each key",
      "kind: Secret\nmetadata:\n  name: app\ndata:\n  first: ‹{{base64*16}}›\n  second: '‹{{base64*16}}›' # here\ntype: Opaque\n",
    ],
    ["its kind told last", "apiVersion: v1\nstringData:\n  door: ‹blue{{}}door›\nkind: Secret\n"],
    [
      "one among several documents",
      "kind: ConfigMap\ndata:\n  door: blue{{}}door\n---\nkind: Secret\ndata:\n  door: ‹{{base64*16}}›\n",
    ],
    [
      "what names a user is none",
      "kind: Secret\ndata:\n  username: YWRh\n  POSTGRES_USER: YWRh\n  door: ‹{{base64*16}}›\n",
    ],
    [
      "a file as a value",
      "kind: Secret\nstringData:\n  app.ini: |\n    user = ada\n    password = ‹blue{{}}door7›\n  door: ‹blue{{}}door›\n",
    ],
    ["JSON", '{"kind": "Secret", "data": {"door": "‹{{base64*16}}›", "user": "YWRh"}}'],
  ])("%s", (_, template) => expectFound("kubernetes", template));

  it.each([
    ["settings", "kind: ConfigMap\ndata:\n  door: blue{{}}door\n"],
    ["a certificate", "kind: Secret\ndata:\n  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n"],
    [
      "settings beside it in JSON",
      '{"items": [{"kind": "ConfigMap", "data": {"door": "bluedoor"}}, {"kind": "Secret"}]}',
    ],
  ])("nothing: %s", (_, template) => expectFound("kubernetes", template));
});

describe("hostile text is read in linear time", () => {
  it.each([
    ["column", "INSERT INTO users (password) VALUES ('a'", ", ('b'"],
    ["column", "", "insert into t ("],
    ["column", "user,password\n", '"'],
    ["column", `${"password,".repeat(400)}password\n`, '"a,'],
    ["kubernetes", "kind: Secret\ndata:\n  a: ", " \r"],
    ["kubernetes", "kind: Secret\ndata:\n", "  a: b  #"],
    ["kubernetes", '{"kind": "Secret", ', '"data": {"a": "'],
  ] as const)("%s: %s%s…", (kind, head, piece) => {
    const steps = (size: number): number => {
      const text = head + piece.repeat(Math.ceil(size / piece.length));
      const started = process.cpuUsage();
      assignedValues(kind).matches(text);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    steps(20_000);
    const small = Math.max(2, steps(40_000));
    expect(steps(640_000) / small).toBeLessThan(100);
  });
});
