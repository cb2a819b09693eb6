/** The consent of an OAuth app in a check: is there one, and does it last. */
import type { Finding } from '../../contracts/answers.ts';
import { HOUR } from '../../contracts/primitives.ts';
import type { Failure } from '../../contracts/result.ts';
import { failureFinding, finding } from './check-finding.ts';
import type { Grant } from '../auth/credentials.ts';
import { authorizeFix } from '../auth/oauth-app.ts';

interface GrantDeps {
	readonly connection: string;
	readonly account: string;
	readonly now: () => number;
}

/** @param grant Null = nobody has consented. */
export function grantFinding(
	{ connection, account, now }: GrantDeps,
	grant: Grant | null
): Finding {
	if ( grant === null ) {
		return finding(
			'error',
			'consent-missing',
			`Nobody has given consent for the account ${ account } yet.`,
			authorizeFix( connection )
		);
	}
	const { expiresAt, renewable } = grant;
	if ( ! renewable ) {
		return finding(
			'warning',
			'token-not-renewable',
			`The access token ends at ${ expiresAt }, and there is no refresh token to renew it with.`,
			authorizeFix( connection )
		);
	}
	return Date.parse( expiresAt ) - now() < HOUR
		? finding(
				'ok',
				'token-ok',
				`The access token ends at ${ expiresAt }; it is renewed shortly before.`
			)
		: finding(
				'ok',
				'token-ok',
				`The access token is good until ${ expiresAt } and renews itself.`
			);
}

/** The token lives, and what it will be renewed with does not do: told now, not in a week. */
export function renewalFindings( failure: Failure | null ): Finding[] {
	return failure === null
		? []
		: [ failureFinding( 'Renewing the token', failure ) ];
}

/** Where the token has run out, what stops its renewal stops everything else. */
export function isSame( one: Failure | null, other: Failure ): boolean {
	const textOf = ( failure: Failure ) =>
		failure.kind === 'hold' ? failure.problem.message : failure.message;
	return one !== null && textOf( one ) === textOf( other );
}
