/** Opens several things at once; when one cannot be had, the others are closed again. */
export async function together<
	T extends readonly { end(): Promise< void > }[],
>( ...opening: { [ K in keyof T ]: Promise< T[ K ] > } ): Promise< T > {
	const opened = await Promise.allSettled( opening );
	const failed = opened.find( ( { status } ) => status === 'rejected' );
	if ( failed?.status === 'rejected' ) {
		for ( const one of opened ) {
			if ( one.status === 'fulfilled' ) {
				await one.value.end();
			}
		}
		throw failed.reason;
	}
	return opened.map( ( one ) =>
		one.status === 'fulfilled' ? one.value : null
	) as unknown as T;
}
