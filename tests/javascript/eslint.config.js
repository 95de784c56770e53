import js from "@eslint/js";
import globals from "globals";

export default [
  {
    ...js.configs.recommended,
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: {
      ...js.configs.recommended.rules,
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Her words enter as text: textContent, createElement." },
        { property: "outerHTML", message: "Her words enter as text: textContent, createElement." },
        { property: "insertAdjacentHTML", message: "Her words enter as text: textContent, append." },
      ],
      "no-restricted-globals": [
        "error",
        { name: "localStorage", message: "Unsent words stay in memory." },
        { name: "sessionStorage", message: "Unsent words stay in memory." },
      ],
      eqeqeq: "error",
      "prefer-const": "error",
    },
  },
];
