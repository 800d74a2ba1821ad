// Reads files with the languages' own parsers: `node parse.mjs mermaid|d2 FILE...`, in a folder with their packages.
// Prints a JSON line for each file: the labels that the parser saw.
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [language, packages, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${packages}/package.json`));

async function mermaid() {
  const { JSDOM } = require("jsdom");
  const dom = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
  for (const name of ["window", "document", "Element", "HTMLElement", "Node", "DOMParser"]) globalThis[name] = name === "window" ? dom.window : dom.window[name];
  const library = (await import(pathToFileURL(`${packages}/node_modules/mermaid/dist/mermaid.core.mjs`))).default;
  library.initialize({ startOnLoad: false });
  return async (text) => {
    const diagram = await library.mermaidAPI.getDiagramFromText(text);
    const nodes = [...diagram.db.getVertices().values()].map((node) => node.text);
    return { nodes, edges: diagram.db.getEdges().length, boxes: diagram.db.getSubGraphs().length, links: [...diagram.db.getVertices().values()].filter((node) => node.link).length };
  };
}

async function d2() {
  const { D2 } = await import(pathToFileURL(`${packages}/node_modules/@terrastruct/d2/dist/node-esm/index.js`));
  const compiler = new D2();
  return async (text) => {
    const { diagram } = await compiler.compile(text);
    return { nodes: diagram.shapes.map((shape) => shape.label), edges: diagram.connections.length, links: diagram.shapes.filter((shape) => shape.link).length };
  };
}

const parse = await { mermaid, d2 }[language]();
for (const file of files) {
  try {
    console.log(JSON.stringify(await parse(fs.readFileSync(file, "utf8"))));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
process.exit(0);
