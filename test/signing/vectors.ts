/** The vectors both sides read (`test/vectors`). */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const base64 = z
	.base64()
	.transform( ( text ) => Buffer.from( text, 'base64' ) );

const signatureSchema = z.object( {
	keys: z.array( z.object( { keyId: z.string(), secret: base64 } ) ),
	sign: z.array(
		z.object( {
			name: z.string(),
			baseUrl: z.string(),
			url: z.string(),
			method: z.string(),
			bodyBase64: base64,
			timestamp: z.int(),
			nonceBase64: base64,
			path: z.string(),
			canonical: z.string(),
			headers: z.record( z.string(), z.string() ),
		} )
	),
	paths: z.array(
		z.object( {
			base: z.string(),
			url: z.string(),
			path: z.string().nullable(),
		} )
	),
	verify: z.array(
		z.object( {
			name: z.string(),
			now: z.int(),
			method: z.string(),
			path: z.string(),
			bodyBase64: base64,
			headers: z.record( z.string(), z.string() ),
			expect: z.string(),
		} )
	),
} );

const pairingSchema = z.object( {
	code: z.string(),
	keyMaterial: z.string(),
	typed: z.array( z.string() ),
	proofKey: base64,
	sealKey: base64,
	proof: base64,
	proofs: z.array(
		z.object( {
			name: z.string(),
			code: z.string(),
			bodyBase64: base64,
			proof: z.string(),
			expect: z.boolean(),
		} )
	),
	grantJson: z.string(),
	ivBase64: base64,
	sealed: z.string(),
	seals: z.array(
		z.object( {
			name: z.string(),
			code: z.string(),
			proof: base64,
			sealed: z.string(),
			opens: z.boolean(),
		} )
	),
	rotation: z.object( {
		currentKeyId: z.string(),
		currentSecret: base64,
		sealKey: base64,
		ivBase64: base64,
		grantJson: z.string(),
		sealed: z.string(),
		refused: z.array(
			z.object( {
				name: z.string(),
				keyId: z.string(),
				secret: base64,
				sealed: z.string(),
			} )
		),
	} ),
} );

const read = ( name: string ): unknown =>
	JSON.parse( readFileSync( `test/vectors/${ name }.json`, 'utf8' ) );

export const signatureVectors = () =>
	signatureSchema.parse( read( 'signature-v1' ) );
export const pairingVectors = () => pairingSchema.parse( read( 'pairing-v1' ) );
