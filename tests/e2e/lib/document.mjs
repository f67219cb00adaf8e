// Examples and tables of a document: taken out of its Markdown, to be run and compared.

const AsyncGenerator = Object.getPrototypeOf(async function* () {}).constructor;

/**
 * The fenced `js` blocks of a document, each with the heading above it.
 *
 * @param {string} text Markdown
 * @returns {Array<{title: string, code: string}>}
 */
export function examplesOf(text) {
	const found = [...text.matchAll(/^```js\n(.*?)^```$/gms)];
	return found.map(({ 1: code, index }) => {
		const headings = [...text.slice(0, index).matchAll(/^##+ (.*)$/gm)];
		const title = headings.at(-1)?.[1] ?? 'before any heading';
		const earlier = found.filter(other => other.index < index && other.index > (headings.at(-1)?.index ?? 0)).length;
		return { title: earlier === 0 ? title : `${title}, ${earlier + 1}`, code };
	});
}

/**
 * The examples as one program that rests after each of them, so that later ones see what earlier ones declared. Every
 * `next()` runs one more.
 *
 * @param {Array<{code: string}>} examples
 * @param {Record<string, object>} modules what the examples may import, by name
 * @param {(text: string) => string} adapt changes the text of each example before it runs
 */
export function programOf(examples, modules, adapt = text => text) {
	const imports = /^import (.+?) from ('[^']+');$/gm;
	const steps = examples.map(({ code }) =>
		adapt(code).replace(imports, (_, names, name) =>
			names.startsWith('{') ? `const ${names} = modules[${name}];` : `const ${names} = modules[${name}].default;`,
		),
	);
	return new AsyncGenerator('modules', `"use strict";\n${steps.map(step => `${step}\nyield;\n`).join('')}`)(modules);
}

/**
 * The fenced blocks of a language that have a name, as in the opening `js call=swap`.
 *
 * @param {string} text Markdown
 * @param {string} language
 * @param {string} kind what stands before the name
 * @returns {Map<string, string>} by name
 */
export function blocksOf(text, language, kind) {
	const found = text.matchAll(new RegExp(`^\`\`\`${language} ${kind}=(\\S+)\n(.*?)^\`\`\`$`, 'gms'));
	return new Map([...found].map(([, name, block]) => [name, block]));
}

/**
 * The part of a document under a heading, up to the next one.
 */
export function sectionOf(text, title) {
	const section = text.split(/^## /m).find(part => part.startsWith(`${title}\n`));
	if (section === undefined) throw new Error(`there is no section ${title}`);
	return section;
}

/** The part of a section under a smaller heading, up to the next one. */
export function partOf(section, title) {
	const part = section.split(/^### /m).find(part => part.startsWith(`${title}\n`));
	if (part === undefined) throw new Error(`there is no part ${title}`);
	return part;
}

/** The names in the first column of the tables of a text. */
export function firstColumn(text) {
	const rows = [...text.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell);
	return rows.flatMap(namesOf);
}

/** The names in a text, which stand behind backticks. */
export function namesOf(text) {
	return [...text.matchAll(/`(\w+)[`(]/g)].map(([, name]) => name);
}
