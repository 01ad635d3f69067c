/** Microsoft.Authorization/locks. Lists show locks above, at and below the scope (recorded). */
export type LockProperties = Readonly<{ level?: string; notes?: string }>;
