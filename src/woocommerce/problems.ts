/**
 * What a person is told when the shop refuses: one draft for each way of refusing, with its
 * likely cause and the next step.
 */
import type { ProblemCode, ProblemDraft } from '../contracts/problem.ts';
import type { Scheme } from './auth.ts';

const KEYS_SCREEN = 'WooCommerce → Settings → Advanced → REST API';

function draft(
	code: ProblemCode,
	field: string | null,
	message: string,
	cause: string | null,
	fix: string | null
): ProblemDraft {
	return { code, field, message, cause, fix };
}

export function wrongKey( said: string ): ProblemDraft {
	return draft(
		'credentials-store',
		'store.consumerSecret',
		`The shop refuses the API key${ quoted( said ) }.`,
		'The consumer key and the consumer secret do not belong together, or the key was revoked.',
		`Make a new key with read and write rights in ${ KEYS_SCREEN } and store both parts.`
	);
}

export function wrongSignature( said: string, home: string ): ProblemDraft {
	return draft(
		'credentials-store',
		'store.consumerSecret',
		`The shop refuses the signature of the request${ quoted( said ) }.`,
		`The consumer secret is wrong, or ${ home } is not exactly the site's own address: over http the shop checks the signature against it.`,
		'Compare store.url with "Site Address (URL)" in WordPress → Settings → General, then the consumer secret.'
	);
}

export function clockOff( minutes: number | null ): ProblemDraft {
	const by = minutes === null ? '' : ` by about ${ minutes } minutes`;
	return draft(
		'credentials-store',
		null,
		`The clocks of this machine and the shop differ${ by }: the shop refuses signed requests that are more than 15 minutes off.`,
		'One of the two machines does not keep its clock in step.',
		'Switch on time synchronisation (NTP) on this machine, or ask the host of the shop to.'
	);
}

export function notRecognised( scheme: Scheme ): ProblemDraft {
	return draft(
		'credentials-store',
		'store.consumerKey',
		'The shop does not recognise the API key: it treats the request as a visitor without a login.',
		scheme === 'basic'
			? 'The consumer key is unknown there (revoked, or of another shop), the host takes both the Authorization header and keys in the address away, or a proxy hides from WordPress that the call came over https.'
			: 'The consumer key is unknown there (revoked, or of another shop), or the host takes the Authorization header away.',
		`Check that the key still exists in ${ KEYS_SCREEN }; if it does, ask the host to pass the Authorization header (and X-Forwarded-Proto) on to PHP.`
	);
}

export function readOnlyKey( said: string ): ProblemDraft {
	return draft(
		'rights-store',
		'store.consumerKey',
		`The API key may not write${ quoted( said ) }.`,
		'The key was made with read rights only.',
		`Set the permissions of the key to "Read/Write" in ${ KEYS_SCREEN }.`
	);
}

export function writeOnlyKey( said: string ): ProblemDraft {
	return draft(
		'rights-store',
		'store.consumerKey',
		`The API key may not read${ quoted( said ) }.`,
		'The key was made with write rights only.',
		`Set the permissions of the key to "Read/Write" in ${ KEYS_SCREEN }.`
	);
}

export function noRights( said: string ): ProblemDraft {
	return draft(
		'rights-store',
		'store.consumerKey',
		`The owner of the API key lacks the rights for this${ quoted( said ) }.`,
		'The key belongs to a user who is neither shop manager nor administrator.',
		`Make the key for a shop manager or an administrator in ${ KEYS_SCREEN }.`
	);
}

export function restDisabled( said: string ): ProblemDraft {
	return draft(
		'rights-store',
		null,
		`The REST API of the shop is switched off for us${ quoted( said ) }.`,
		'A security plugin (such as "Disable REST API") blocks it.',
		'Allow the route /wc/v3 in that plugin, or switch its REST block off.'
	);
}

export function siteBehindLogin( where: string ): ProblemDraft {
	return draft(
		'credentials-store',
		'store.url',
		`Something in front of the shop asks for a login of its own (${ where }) before the API is reached.`,
		'A "coming soon" or members-only plugin, a staging protection of the host, or single sign-on.',
		'Exempt /wp-json/wc/ from that protection.'
	);
}

export function moved( from: string, to: string ): ProblemDraft {
	return draft(
		'site-moved',
		'store.url',
		`The shop at ${ from } redirects to ${ to }.`,
		to.startsWith( 'https:' ) && from.startsWith( 'http:' )
			? 'The shop has changed from http to https.'
			: 'The address of the shop has changed, or store.url is not its main address.',
		`Set store.url to ${ to }.`
	);
}

export function redirected( to: string ): ProblemDraft {
	return draft(
		'store-unreachable',
		'store.url',
		`The shop redirects API requests to ${ to }.`,
		'A plugin or a rule of the web server catches the API as well.',
		'Exempt /wp-json/ from that redirect.'
	);
}

export function noWooCommerce(): ProblemDraft {
	return draft(
		'store-unreachable',
		null,
		'WordPress answers, but the API of WooCommerce is not there.',
		'The WooCommerce plugin is switched off, or very old.',
		'Activate WooCommerce in the shop under Plugins.'
	);
}

export function noRestApi( home: string ): ProblemDraft {
	return draft(
		'store-unreachable',
		'store.url',
		`There is no WordPress API at ${ home }/wp-json/.`,
		'Permalinks are set to "Plain", or store.url is not the home address of the site.',
		'Choose any other structure in WordPress → Settings → Permalinks, and check the path of store.url.'
	);
}

export function plainPermalinks(): ProblemDraft {
	return draft(
		'store-unreachable',
		'store.url',
		'The shop uses plain permalinks: WooCommerce takes API keys at /wp-json/ only, which is not there.',
		null,
		'Choose any other structure in WordPress → Settings → Permalinks.'
	);
}

export function firewall( status: number, title: string | null ): ProblemDraft {
	return draft(
		'store-unreachable',
		null,
		`A firewall in front of the shop blocks us (${ status }${ title === null ? '' : `, "${ title }"` }).`,
		'A security service of the host or the shop takes us for an attacker.',
		'Allow the address of this machine there, or exempt /wp-json/wc/.'
	);
}

export function refused(
	what: string,
	status: number,
	said: string
): ProblemDraft {
	return draft(
		'refused-by-store',
		null,
		`The shop refused ${ what } (${ status })${ quoted( said ) }.`,
		'The shop, or a plugin of it, does not accept the request.',
		'Put right in the shop what it complains about, then try again.'
	);
}

export function unreadable( what: string, why: string ): ProblemDraft {
	return draft(
		'refused-by-store',
		null,
		`The shop's answer for ${ what } cannot be read: ${ why }.`,
		'A plugin of the shop changes what its API answers.',
		'Find the plugin by switching suspects off one by one, then try again.'
	);
}

export function tooLarge( what: string ): ProblemDraft {
	return draft(
		'store-unreachable',
		null,
		`The shop's answer for ${ what } is too large to be read.`,
		'A plugin of the shop adds far too much to what its API answers.',
		'Find the plugin that stores large data with orders or products.'
	);
}

function quoted( said: string ): string {
	return said === '' ? '' : `: "${ said.replace( /\.$/, '' ) }"`;
}
