/**
 * What a paired shop may ask less of than a person in the sidecar's own host. The key of a shop
 * is in the hands of everybody who runs code there: it must not make the sidecar read a file or a
 * variable of its own machine, nor send what it keeps to an address of the shop's choice.
 */
import { z } from 'zod';
import type { ErrorBody } from './answers.ts';
import {
	isBrightpearlHost,
	isBrightpearlUrl,
	siteUrlSchema,
	textSecretSchema,
} from './connection.ts';
import type { ConsoleOperationName } from './console.ts';
import { OPERATIONS, parseOperationInput } from './operations.ts';
import { instantSchema } from './primitives.ts';

const OWN_CONSOLE =
	'anything else is set in the console on the sidecar’s own address, or with `connection add`';

/**
 * `connectionEditSchema` with secrets as text only and Brightpearl's own addresses only. A sandbox
 * that a person on the sidecar's machine has set stays what it is while it is left out.
 */
export const shopEditSchema = z.strictObject( {
	store: z
		.strictObject( {
			url: siteUrlSchema.optional(),
			consumerKey: textSecretSchema.optional(),
			consumerSecret: textSecretSchema.optional(),
			webhookSecret: textSecretSchema.optional(),
		} )
		.optional(),
	brightpearl: z
		.strictObject( {
			account: z.string().min( 1 ).max( 100 ).optional(),
			apiDomain: z
				.string()
				.max( 200 )
				.refine( isBrightpearlHost, {
					message: `must be a bare host under brightpearl.com or brightpearlconnect.com; ${ OWN_CONSOLE }`,
				} )
				.nullable()
				.optional(),
			oauthUrl: z
				.string()
				.max( 2000 )
				.refine( isBrightpearlUrl, {
					message: `must be an https address of Brightpearl; ${ OWN_CONSOLE }`,
				} )
				.nullable()
				.optional(),
			installationInstanceId: z.int().positive().nullable().optional(),
			sandbox: z
				.boolean()
				.refine( ( isSandbox ) => ! isSandbox, {
					message: `can only be taken away here; ${ OWN_CONSOLE }`,
				} )
				.optional(),
			auth: z
				.strictObject( {
					type: z.enum( [ 'private-app', 'staff-token', 'oauth' ] ),
					appRef: z.string().max( 200 ).optional(),
					accountToken: textSecretSchema.optional(),
					staffToken: textSecretSchema.optional(),
					clientId: z.string().max( 200 ).optional(),
					clientSecret: textSecretSchema.optional(),
					devRef: z.string().max( 200 ).optional(),
					refreshToken: textSecretSchema.optional(),
					accessToken: textSecretSchema.optional(),
					expiresAt: instantSchema.optional(),
				} )
				.optional(),
		} )
		.optional(),
} );

/** Also read by build/console-routes.mjs, for the plugin. */
export const SHOP_INPUTS = {
	connectionEdit: OPERATIONS.connectionEdit.input.extend( {
		change: shopEditSchema,
	} ),
} as const satisfies Partial< Record< ConsoleOperationName, z.ZodType > >;

/** Null = a shop may ask this. */
export function refusedToShop(
	name: ConsoleOperationName,
	input: unknown
): ErrorBody | null {
	if ( name !== 'connectionEdit' ) {
		return null;
	}
	const read = parseOperationInput( name, input, SHOP_INPUTS[ name ] );
	return read.ok ? null : read.error;
}
