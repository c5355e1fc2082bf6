import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/**
 * An esbuild plugin by which each module of `src/` runs when something of it is first used, and not where it is imported: most
 * of what a hook imports it never comes to. Our modules do nothing but define, so nothing else tells when one runs.
 */
export function lazyModules(root) {
  return {
    name: "lazy-modules",
    setup(build) {
      // A name space of their own: for esbuild, a file in a package of the type "module" cannot be CommonJS.
      build.onResolve({ filter: /^\.|\.ts$/ }, ({ path: name, importer, namespace, kind }) => {
        if (kind === "entry-point") return { path: path.join(root, name), namespace: "lazy" };
        if (namespace !== "lazy") return undefined;
        const file = path.join(path.dirname(importer), name.replace(/\.js$/, ".ts"));
        return { path: file, namespace: "lazy" };
      });
      // Of a package the same files as in the other form.
      build.onResolve({ filter: /^[^.]/, namespace: "lazy" }, ({ path: name, kind }) =>
        kind === "require-call" && !name.startsWith("node:")
          ? build.resolve(name, { resolveDir: root, kind: "import-statement" })
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "lazy" }, async ({ path: file }) => ({
        contents: lazily(await readFile(file, "utf8"), file),
        resolveDir: root,
      }));
    },
  };
}

/** What Node has loaded before anything of ours runs; of its other parts most hooks need none. */
const LOADED = ["buffer", "fs", "path", "timers", "url"].map((name) => `require("node:${name}")`);

/** The module as CommonJS, what it imports of others of ours and of Node required at each place where it is used. */
function lazily(source, file) {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2023,
    esModuleInterop: true,
    verbatimModuleSyntax: false,
  };
  const { outputText } = ts.transpileModule(source, { fileName: file, compilerOptions });
  const code = outputText.replaceAll("import.meta.url", "bundleUrl");
  // TypeScript gives each import a name that is no other: `staged_js_1` for "../sources/staged.js".
  const imports = [...code.matchAll(/^const (\w+_\d+) = (require\("(?:\.|node:)[^"]*"\));\n/gm)].filter(
    ([, , call]) => !LOADED.includes(call),
  );
  return imports.reduce(
    (text, [line, name, call]) =>
      text.replace(line, "").replace(new RegExp(`(?<![\\w$]|[^.]\\.)${name}\\b`, "g"), () => `(${call})`),
    code,
  );
}
