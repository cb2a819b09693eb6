/**
 * Pieces of the sandbox's pages: plain HTML, every text escaped, no script.
 */
import { escapeHtml } from '../http-kit.ts';
import { PAGE_STYLE } from './page-style.ts';

/** A piece of markup, as opposed to text that must be escaped. */
export interface Markup {
	readonly html: string;
}
export type Content = string | number | Markup;

export const markup = ( html: string ): Markup => ( { html } );

export const write = ( content: Content ): string =>
	typeof content === 'object'
		? content.html
		: escapeHtml( String( content ) );

export interface Head {
	readonly text: string;
	readonly number?: true;
}

/** A name ending in `#` heads a column of figures. */
const heads = ( names: readonly string[] ): Head[] =>
	names.map( ( name ) =>
		name.endsWith( '#' )
			? { text: name.slice( 0, -1 ), number: true }
			: { text: name }
	);

/** It scrolls by itself where it is too wide, by keyboard too. */
export function table(
	caption: string,
	names: readonly string[],
	rows: readonly ( readonly Content[] )[]
): string {
	if ( rows.length === 0 ) {
		return `<p>${ escapeHtml( caption ) }: nothing yet.</p>`;
	}
	const columns = heads( names );
	const kind = ( index: number ): string =>
		columns[ index ]?.number ? ' class="number"' : '';
	const head = columns.map(
		( { text }, index ) =>
			`<th scope="col"${ kind( index ) }>${ escapeHtml( text ) }</th>`
	);
	const body = rows.map(
		( row ) =>
			`<tr>${ row
				.map(
					( cell, index ) =>
						`<td${ kind( index ) }>${ write( cell ) }</td>`
				)
				.join( '' ) }</tr>`
	);
	const label = escapeHtml( caption );
	return `<div class="scroll" role="region" aria-label="${ label }" tabindex="0"><table><caption>${ label }</caption><thead><tr>${ head.join( '' ) }</tr></thead><tbody>${ body.join( '\n' ) }</tbody></table></div>`;
}

export const link = ( href: string, text: string ): Markup =>
	markup( `<a href="${ escapeHtml( href ) }">${ escapeHtml( text ) }</a>` );

export const facts = (
	entries: readonly ( readonly [ string, Content ] )[]
): string =>
	`<dl>${ entries
		.map(
			( [ name, value ] ) =>
				`<dt>${ escapeHtml( name ) }</dt><dd>${ write( value ) }</dd>`
		)
		.join( '' ) }</dl>`;

export interface FormParts {
	/** `/do/ship` */
	readonly action: string;
	/** The page that is shown afterwards. */
	readonly back: string;
	readonly hidden?: Readonly< Record< string, string | number > >;
	/** Markup of labelled fields. */
	readonly fields?: string;
	readonly button: string;
	readonly plain?: boolean;
	/** Many fields: in columns. */
	readonly grid?: boolean;
}

export function form( parts: FormParts ): string {
	const hidden = Object.entries( {
		...parts.hidden,
		back: parts.back,
	} ).map(
		( [ name, value ] ) =>
			`<input type="hidden" name="${ escapeHtml( name ) }" value="${ escapeHtml( String( value ) ) }">`
	);
	const many = parts.grid ? 'grid' : 'row';
	const layout = parts.fields === undefined ? 'inline' : many;
	return `<form method="post" action="${ escapeHtml( parts.action ) }" class="${ layout }">${ hidden.join( '' ) }${ parts.fields ?? '' }<button${ parts.plain ? ' class="plain"' : '' }>${ escapeHtml( parts.button ) }</button></form>`;
}

/** A sentence beside a field; what stands in backticks is code. */
const hintOf = ( hint: string ): string =>
	hint === ''
		? ''
		: `<small>${ escapeHtml( hint ).replace( /`([^`]+)`/g, '<code>$1</code>' ) }</small>`;

export const input = (
	name: string,
	label: string,
	attributes = '',
	hint = ''
): string =>
	`<label>${ escapeHtml( label ) }${ hintOf( hint ) }<input name="${ escapeHtml( name ) }" ${ attributes }></label>`;

export const select = (
	name: string,
	label: string,
	options: readonly string[],
	chosen = '',
	hint = ''
): string =>
	`<label>${ escapeHtml( label ) }${ hintOf( hint ) }<select name="${ escapeHtml( name ) }">${ options
		.map(
			( option ) =>
				`<option value="${ escapeHtml( option ) }"${ option === chosen ? ' selected' : '' }>${ escapeHtml( option === '' ? 'any' : option ) }</option>`
		)
		.join( '' ) }</select></label>`;

const PLACES = [
	[ '/', 'Overview' ],
	[ '/webhooks', 'Webhooks' ],
	[ '/faults', 'Faults' ],
	[ '/switches', 'Switches' ],
	[ '/requests', 'Requests' ],
] as const;

export interface Notice {
	readonly text: string;
	readonly bad: boolean;
}

export function page(
	title: string,
	notice: Notice | null,
	content: string
): string {
	const places = PLACES.map(
		( [ href, name ] ) =>
			`<li>${
				name === title
					? `<span aria-current="page">${ name }</span>`
					: link( href, name ).html
			}</li>`
	);
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${ escapeHtml( title ) } – Brightpearl sandbox</title><style>${ PAGE_STYLE }</style></head><body>
<header><p>Brightpearl sandbox: an imitation of Brightpearl's API for trying things out. Reload to see what is new.</p>
<nav aria-label="Pages"><ul>${ places.join( '' ) }</ul></nav></header>
<main>
<h1>${ escapeHtml( title ) }</h1>
${ notice ? `<p role="status" class="note${ notice.bad ? ' bad' : '' }">${ escapeHtml( notice.text ) }</p>` : '' }
${ content }
</main></body></html>
`;
}
