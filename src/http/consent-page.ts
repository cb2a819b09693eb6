/**
 * What a person reads after a consent in Brightpearl. Plain HTML without scripts; nothing of the
 * address is repeated on it.
 */
import { createHash } from 'node:crypto';
import type { ConsentResult } from '../flows/consent.ts';

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color:#1e1e1e;background:#fff}h1{font-size:1.4rem;line-height:1.3}@media(prefers-color-scheme:dark){body{color:#f0f0f0;background:#1e1e1e}}';

/** Only this style, and nothing else, from nowhere. */
export const CONSENT_PAGE_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'content-security-policy': [
		"default-src 'none'",
		`style-src 'sha256-${ createHash( 'sha256' ).update( STYLE ).digest( 'base64' ) }'`,
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join( '; ' ),
} as const;

interface Words {
	readonly title: string;
	readonly paragraphs: readonly string[];
}

export function consentPage( result: ConsentResult | 'too-many' ): string {
	const { title, paragraphs } = wordsOf( result );
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		'<meta name="robots" content="noindex">',
		`<title>${ escape( title ) } – Pearlbridge</title>`,
		`<style>${ STYLE }</style>`,
		'</head>',
		'<body>',
		`<main><h1>${ escape( title ) }</h1>`,
		...paragraphs.map( ( text ) => `<p>${ escape( text ) }</p>` ),
		'</main>',
		'</body>',
		'</html>',
		'',
	].join( '\n' );
}

function wordsOf( result: ConsentResult | 'too-many' ): Words {
	if ( result === 'too-many' ) {
		return {
			title: 'Too many tries',
			paragraphs: [
				'Too many links that are not good came from this address. Wait a minute, then begin again in the console or with “connection authorize”.',
			],
		};
	}
	switch ( result.kind ) {
		case 'done':
			return {
				title: 'Brightpearl is connected',
				paragraphs: [
					`The connection “${ result.connection }” may use the account now. What had waited for it goes on by itself.`,
					'You can close this page.',
				],
			};
		case 'already':
			return {
				title: 'Brightpearl is connected already',
				paragraphs: [
					`The connection “${ result.connection }” was given this consent before, and may use the account. Nothing was changed.`,
					'You can close this page.',
				],
			};
		case 'unknown':
			return {
				title: 'This link is not good any more',
				paragraphs: [
					'It was used already, more than 15 minutes have passed, or it was not begun here. Nothing was changed.',
					'Begin again: press “Authorize with Brightpearl” in the console, or run “connection authorize”.',
				],
			};
		case 'failed':
			return result.failure.kind === 'retry'
				? {
						title: 'Brightpearl did not answer',
						paragraphs: [
							result.failure.message,
							'Nothing was changed. Load this page again in a moment; if that does not help, begin again.',
						],
					}
				: {
						title: 'Brightpearl is not connected',
						paragraphs: [
							result.failure.problem.message,
							...[
								result.failure.problem.cause,
								result.failure.problem.fix,
							].filter( ( text ) => text !== null ),
						],
					};
	}
}

function escape( text: string ): string {
	return text.replace(
		/[&<>"']/g,
		( character ) => `&#${ character.charCodeAt( 0 ) };`
	);
}
