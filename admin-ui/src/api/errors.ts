/** What went wrong, as values: from operations, from transport, from an answer nobody understands. */
import { __ } from '@wordpress/i18n';
import { z } from 'zod';
import { errorAnswerSchema } from '../../../src/contracts/answers.ts';
import type { ApiError } from '../host.ts';

export function apiError(
	code: string,
	message: string,
	more: Partial< Omit< ApiError, 'code' | 'message' > > = {}
): ApiError {
	return {
		code,
		message,
		fix: null,
		details: null,
		exit: null,
		unknown: false,
		...more,
	};
}

/** No answer came: the network, the machine, or the time that was allowed. */
export function lostAnswer( timedOut: boolean ): ApiError {
	return timedOut
		? apiError(
				'timeout',
				__( 'The answer takes too long.', 'pearlbridge' ),
				{
					fix: __(
						'What was begun goes on in the background. Try again in a moment.',
						'pearlbridge'
					),
					unknown: true,
				}
			)
		: apiError(
				'unreachable',
				__( 'Pearlbridge cannot be reached.', 'pearlbridge' ),
				{
					fix: __(
						'Check that the service is running and that you are online, then try again.',
						'pearlbridge'
					),
					unknown: true,
				}
			);
}

/** An answer that does not have the shape both sides agreed on. */
export function strangeAnswer(): ApiError {
	return apiError(
		'strange-answer',
		__( 'The answer could not be understood.', 'pearlbridge' ),
		{
			fix: __(
				'Reload the page. If it stays, the plugin and the service have different versions: update the older one.',
				'pearlbridge'
			),
			unknown: true,
		}
	);
}

const restErrorSchema = z.object( {
	code: z.string(),
	message: z.string(),
	data: z
		.object( {
			status: z.number().optional(),
			fix: z.string().nullish(),
			details: z.unknown().optional(),
		} )
		.nullish(),
} );

const detailsSchema = z.array(
	z.object( { path: z.string(), message: z.string() } )
);

/**
 * A failure as a server told it: ours (`{error}`), or WordPress's (`WP_Error` as JSON). The status
 * decides nothing but whether the call may have been carried out: what a gateway says about a
 * request it passed on is no news of the request.
 */
export function errorFromBody(
	body: unknown,
	status: number | null
): ApiError {
	const ours = errorAnswerSchema.safeParse( body );
	if ( ours.success ) {
		return { ...ours.data.error, exit: null, unknown: isUnknown( status ) };
	}
	const rest = restErrorSchema.safeParse( body );
	if ( ! rest.success ) {
		return status !== null && status >= 500
			? lostAnswer( false )
			: strangeAnswer();
	}
	const { code, message, data } = rest.data;
	const details = detailsSchema.safeParse( data?.details );
	return apiError( code, plainText( message ), {
		fix: data?.fix ?? fixFor( code ),
		details: details.success ? details.data : null,
		unknown: isUnknown( data?.status ?? status ),
	} );
}

function isUnknown( status: number | null ): boolean {
	return status === null || status >= 500;
}

/** WordPress puts markup into some messages; ours never have any. */
function plainText( message: string ): string {
	return message.replaceAll( /<[^>]*>/g, '' ).trim();
}

function fixFor( code: string ): string | null {
	switch ( code ) {
		case 'rest_cookie_invalid_nonce':
		case 'rest_not_logged_in':
			return __(
				'You have been signed out. Reload the page and sign in again.',
				'pearlbridge'
			);
		case 'rest_forbidden':
			return __(
				'Your user may not manage WooCommerce. Ask an administrator.',
				'pearlbridge'
			);
		default:
			return null;
	}
}

/** The codes that say nobody is signed in any more. */
export function isSignedOut( { code }: ApiError ): boolean {
	return (
		code === 'signed-out' ||
		code === 'no-session' ||
		code === 'rest_not_logged_in' ||
		code === 'rest_cookie_invalid_nonce'
	);
}
