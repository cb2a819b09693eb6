/** Where a shop's webhooks deliver, at an address of the service. */
export function webhookAddress( base: string, connection: string ): string {
	return `${ base.replace( /\/$/, '' ) }/webhooks/woocommerce/${ connection }`;
}
