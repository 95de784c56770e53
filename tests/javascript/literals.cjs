// Prints every text in the scripts named on the command line, as JSON: [[file, line, text], …].

const espree = require("espree");
const fs = require("fs");

const found = [];

function look(file, node) {
  if (Array.isArray(node)) return node.forEach((one) => look(file, one));
  if (!node || typeof node !== "object") return;
  if (node.type === "Literal" && typeof node.value === "string") found.push([file, node.loc.start.line, node.value]);
  if (node.type === "TemplateElement") found.push([file, node.loc.start.line, node.value.cooked]);
  for (const [name, inner] of Object.entries(node)) if (name !== "loc") look(file, inner);
}

for (const file of process.argv.slice(2))
  look(file, espree.parse(fs.readFileSync(file, "utf8"), { ecmaVersion: 2024, sourceType: "module", loc: true }));
console.log(JSON.stringify(found));
