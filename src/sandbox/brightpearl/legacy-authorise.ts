/**
 * The deprecated way to a staff token: `POST /{account}/authorise` (platform reference, §2.4).
 * Working clients send `emailAddress`; the page's example shows `email`.
 */
import { z } from 'zod';
import { INVENTED, problem } from './codes.ts';
import type { Credentials } from './credentials.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';

const bodySchema = z.object( {
	apiAccountCredentials: z
		.object( {
			emailAddress: z.string().optional(),
			email: z.string().optional(),
			password: z.string(),
		} )
		.transform( ( { emailAddress, email, password } ) => ( {
			email: emailAddress ?? email,
			password,
		} ) ),
} );

export function authorise(
	{ staff, privateApp }: Credentials,
	body: string
): Reply {
	let sent: unknown = null;
	try {
		sent = JSON.parse( body );
	} catch {
		// Refused below like any other body that is not the one asked for.
	}
	const read = bodySchema.safeParse( sent );
	const given = read.data?.apiAccountCredentials;
	return given?.email === staff.emailAddress &&
		given.password === staff.password
		? { status: 200, body: { response: privateApp.staffToken } }
		: refuse(
				401,
				problem(
					INVENTED.staffCredentials,
					'The e-mail address or password is wrong'
				)
			);
}
