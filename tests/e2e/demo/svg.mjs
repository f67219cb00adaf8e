// The little of SVG that the picture needs.

const escape = text => `${text}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const attributes = all =>
	Object.entries(all)
		.map(([name, value]) => ` ${name}="${typeof value === 'number' ? +value.toFixed(2) : escape(value)}"`)
		.join('');

/** An element with attributes and, if any, content. */
export function element(name, all, ...content) {
	const open = `<${name}${attributes(all)}`;
	return content.length > 0 ? `${open}>${content.join('')}</${name}>` : `${open}/>`;
}

/** A line of text. */
export function text(x, y, content, all = {}) {
	return element('text', { x, y, ...all }, escape(content));
}

/** A straight line. */
export function line(x1, y1, x2, y2, all = {}) {
	return element('line', { x1, y1, x2, y2, ...all });
}

/** A line through points `[x, y]`; none where there are fewer than two. */
export function polyline(points, all = {}) {
	if (points.length < 2) return '';
	const path = points.map(([x, y]) => `${+x.toFixed(1)},${+y.toFixed(1)}`).join(' ');
	return element('polyline', { points: path, fill: 'none', 'stroke-linejoin': 'round', ...all });
}

/** A linear scale from a domain to pixels. */
export function scale([from, to], [first, last]) {
	return value => first + ((value - from) / (to - from)) * (last - first);
}

/** Moves positions apart until neighbours are at least `gap` away from each other. Keeps their order. */
export function apart(positions, gap, highest) {
	const order = positions.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
	order.forEach((item, i) => {
		if (i > 0) item.at = Math.max(item.at, order[i - 1].at + gap);
	});
	for (let i = order.length - 1; i >= 0; i--) {
		const limit = i === order.length - 1 ? highest : order[i + 1].at - gap;
		order[i].at = Math.min(order[i].at, limit);
	}
	return order.sort((a, b) => a.index - b.index).map(({ at }) => at);
}
