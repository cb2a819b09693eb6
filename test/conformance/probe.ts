/**
 * One request before the cases: with a key that is refused each of them would fail by itself, and
 * none would say why.
 */
import type { Target } from './api.ts';
import { preferredKind } from './api.ts';
import type { Kind } from './credentials.ts';

/** Past this nobody answers. */
const PATIENCE_MS = 30_000;

const KEYS: Readonly< Record< Kind, string > > = {
	'private-app': 'BRIGHTPEARL_APP_REF and BRIGHTPEARL_ACCOUNT_TOKEN',
	'staff-token': 'BRIGHTPEARL_APP_REF and BRIGHTPEARL_STAFF_TOKEN',
	oauth: 'BRIGHTPEARL_APP_REF, BRIGHTPEARL_DEV_REF and BRIGHTPEARL_ACCESS_TOKEN',
};

/** Why no case can be tried; null = they can. What the answer says is not quoted: a 401 echoes the token. */
export async function whyNothingRuns(
	{ baseUrl, account, credentials }: Target,
	send: typeof fetch
): Promise< string | null > {
	const kind = preferredKind( credentials );
	if ( kind === null ) {
		return 'There are no credentials.';
	}
	try {
		const { status } = await send(
			`${ baseUrl }/public-api/${ account }/integration-service/account-configuration`,
			{
				headers: { accept: 'application/json', ...credentials[ kind ] },
				redirect: 'manual',
				signal: AbortSignal.timeout( PATIENCE_MS ),
			}
		);
		return status === 401
			? `401: check ${ KEYS[ kind ] }, and that they belong to the account ${ account }.`
			: null;
	} catch ( error ) {
		const { cause, message } = error as Error;
		return `${ baseUrl } does not answer: ${ cause instanceof Error ? cause.message : message }`;
	}
}
