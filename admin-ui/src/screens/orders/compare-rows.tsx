import { Button } from '@wordpress/components';
import { useMemo, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import {
	ToneIcon,
	formatDecimal,
	formatMoney,
	formatNumber,
} from '../../components/index.ts';
import { alignRows } from './align.ts';
import type { AlignedRow, ComparedRow, Differing } from './align.ts';
import { Totals } from './compare-totals.tsx';

/** So many rows are drawn at once. */
const SHOWN = 25;

export function CompareRows( {
	comparison: { store, brightpearl },
}: {
	readonly comparison: OrderComparison;
} ) {
	const [ all, setAll ] = useState( false );
	const rows = useMemo(
		() => alignRows( store?.rows ?? null, brightpearl?.rows ?? null ),
		[ store, brightpearl ]
	);
	const shown = all
		? rows
		: rows.filter( ( { agrees }, index ) => index < SHOWN || ! agrees );
	const hidden = rows.length - shown.length;
	const different = rows.filter( ( { agrees } ) => ! agrees ).length;
	const both = store !== null && brightpearl !== null;
	return (
		<table className="pb-rows">
			<caption>
				{ both && different > 0
					? sprintf(
							/* translators: %s: number of rows */
							_n(
								'%s row differs',
								'%s rows differ',
								different,
								'pearlbridge'
							),
							formatNumber( different )
						)
					: sprintf(
							/* translators: %s: number of rows */
							_n(
								'%s row',
								'%s rows',
								rows.length,
								'pearlbridge'
							),
							formatNumber( rows.length )
						) }
			</caption>
			<thead>
				<tr>
					<th scope="col">{ __( 'Row', 'pearlbridge' ) }</th>
					<th scope="col">
						<SideHeading name={ __( 'Shop', 'pearlbridge' ) } />
					</th>
					<th scope="col">
						<SideHeading
							name={ __( 'Brightpearl', 'pearlbridge' ) }
						/>
					</th>
				</tr>
			</thead>
			<tbody>
				{ shown.map( ( row ) => (
					<Row
						key={ row.id }
						row={ row }
						currencies={ [
							store?.currency ?? null,
							brightpearl?.currency ?? null,
						] }
						both={ both }
					/>
				) ) }
				{ hidden > 0 && (
					<tr>
						<td colSpan={ 3 } className="pb-rows__more">
							<Button
								variant="link"
								onClick={ () => setAll( true ) }
							>
								{ sprintf(
									/* translators: %s: number of rows not shown yet */
									_n(
										'Show %s more row',
										'Show %s more rows',
										hidden,
										'pearlbridge'
									),
									formatNumber( hidden )
								) }
							</Button>
						</td>
					</tr>
				) }
			</tbody>
			<Totals store={ store } brightpearl={ brightpearl } />
		</table>
	);
}

function SideHeading( { name }: { readonly name: string } ) {
	return (
		<span className="pb-rows__heads">
			<span className="pb-rows__side">{ name }</span>
			<span>{ __( 'Net', 'pearlbridge' ) }</span>
			<span>{ __( 'Tax', 'pearlbridge' ) }</span>
		</span>
	);
}

function Row( {
	row,
	currencies: [ storeCurrency, otherCurrency ],
	both,
}: {
	readonly row: AlignedRow;
	readonly currencies: readonly [ string | null, string | null ];
	readonly both: boolean;
} ) {
	const { store, brightpearl, agrees, differs } = row;
	const named = store ?? brightpearl;
	return (
		<tr className={ agrees ? '' : 'is-different' }>
			<th scope="row">
				<span className="pb-rows__name">
					{ ! agrees && <ToneIcon tone="warning" /> }
					<span>
						{ named?.name ??
							( row.key === null
								? __( 'Added by hand', 'pearlbridge' )
								: row.key ) }
					</span>
				</span>
				<span className="pb-rows__sub">
					{ named?.sku !== null && named?.sku !== undefined && (
						<code>{ named.sku }</code>
					) }
					{ ! agrees && <span>{ whatDiffers( row ) }</span> }
				</span>
			</th>
			<td data-side={ __( 'Shop', 'pearlbridge' ) }>
				<SideCell
					row={ store }
					currency={ storeCurrency }
					differs={ [] }
					missing={
						both ? __( 'not in the shop', 'pearlbridge' ) : null
					}
				/>
			</td>
			<td data-side={ __( 'Brightpearl', 'pearlbridge' ) }>
				<SideCell
					row={ brightpearl }
					currency={ otherCurrency }
					differs={ differs }
					missing={
						both ? __( 'not in Brightpearl', 'pearlbridge' ) : null
					}
				/>
			</td>
		</tr>
	);
}

function SideCell( {
	row,
	currency,
	differs,
	missing,
}: {
	readonly row: ComparedRow | null;
	readonly currency: string | null;
	readonly differs: readonly Differing[];
	readonly missing: string | null;
} ) {
	if ( row === null ) {
		return (
			<span className="pb-muted">
				{ missing ?? <span aria-hidden="true">—</span> }
			</span>
		);
	}
	return (
		<span className="pb-rows__cell">
			<Value differs={ differs.includes( 'quantity' ) }>
				{ formatDecimal( row.quantity ) } ×
			</Value>
			<Value differs={ differs.includes( 'net' ) }>
				{ formatMoney( row.net, currency ) }
			</Value>
			<Value differs={ differs.includes( 'tax' ) } tax>
				{ formatMoney( row.tax, currency ) }
			</Value>
		</span>
	);
}

function Value( {
	differs,
	tax = false,
	children,
}: {
	readonly differs: boolean;
	readonly tax?: boolean;
	readonly children: ReactNode;
} ) {
	return (
		<span
			className={ `pb-number${ differs ? ' pb-differs' : '' }${ tax ? ' pb-rows__tax' : '' }` }
		>
			{ differs && <span aria-hidden="true">≠ </span> }
			{ children }
		</span>
	);
}

function whatDiffers( { store, brightpearl, differs }: AlignedRow ): string {
	if ( brightpearl === null ) {
		return __( 'Missing in Brightpearl', 'pearlbridge' );
	}
	if ( store === null ) {
		return __( 'Only in Brightpearl', 'pearlbridge' );
	}
	const names: Record< Differing, string > = {
		quantity: __( 'Quantity differs', 'pearlbridge' ),
		net: __( 'Net differs', 'pearlbridge' ),
		tax: __( 'Tax differs', 'pearlbridge' ),
		sku: sprintf(
			/* translators: %s: SKU in Brightpearl */
			__( 'SKU differs (%s)', 'pearlbridge' ),
			brightpearl.sku ?? ''
		),
	};
	return differs.map( ( one ) => names[ one ] ).join( ', ' );
}
