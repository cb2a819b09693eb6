/**
 * What a person is told where Brightpearl refuses, with the setting or record to look at.
 */
import { hold, type Hold } from '../../contracts/result.ts';

/** Where it was refused, and where the connection keeps what was shown. */
export interface Refused {
	/** Method and path without query. */
	readonly endpoint: string;
	readonly field?: string | undefined;
}

export function badCredentials(
	{ field }: Refused,
	ruid: string | null
): Hold {
	return hold(
		{
			code: 'credentials-brightpearl',
			message: 'Brightpearl does not accept the token.',
			cause: 'It is mistyped, was revoked, has run out, or belongs to another account or app.',
			fix:
				field === 'brightpearl.auth.refreshToken'
					? 'Check `brightpearl.account`. Then run `connection authorize`, or press “Authorize with Brightpearl” on the connection’s page in the console.'
					: 'Check `brightpearl.account` and `brightpearl.auth`, and enter a new token for the connection. Then run `connection check`.',
			field: field ?? 'brightpearl.auth',
		},
		ruid
	).failure;
}

export function noRights(
	{ endpoint, field }: Refused,
	said: string,
	ruid: string | null
): Hold {
	return hold(
		{
			code: 'credentials-brightpearl',
			message: `Brightpearl refuses the right to ${ endpoint }${ said && `: ${ said }` }`,
			cause: 'The app or the staff member may not use this part of Brightpearl.',
			fix: 'Give the app access in Brightpearl (App Store, then your app), then run `connection check`.',
			field: field ?? 'brightpearl.auth',
		},
		ruid
	).failure;
}

export function redirected(
	{ endpoint }: Refused,
	status: number,
	ruid: string | null
): Hold {
	return hold(
		{
			code: 'refused-by-brightpearl',
			message: `Brightpearl answered ${ endpoint } with a redirect (${ status }), which is never followed.`,
			cause: 'The API domain is not that of this account.',
			fix: 'Check `brightpearl.apiDomain`, then run `connection check`.',
			field: 'brightpearl.apiDomain',
		},
		ruid
	).failure;
}

export function refusal(
	{ endpoint }: Refused,
	said: string,
	code: string | null,
	ruid: string | null
): Hold {
	const lost = code === 'CMNC-404';
	return hold(
		{
			code: 'refused-by-brightpearl',
			message: `Brightpearl refused ${ endpoint }: ${ said }`,
			cause: lost
				? 'Brightpearl has no such record, or no such account on this API domain.'
				: null,
			fix: lost
				? 'Check `brightpearl.account` and `brightpearl.apiDomain`, and that the record was not deleted in Brightpearl.'
				: 'Change the setting or record that Brightpearl names, then retry.',
			field: null,
		},
		ruid
	).failure;
}
