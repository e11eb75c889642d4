import { readOutcomes } from './outcomes.js'

/**
 * Who may call what, and what the others are told, as PRODUCT.md's rules have it. The generation, payment, order and review are the
 * owner's, the item the designer's. A role that never does such a thing is FORBIDDEN; what a viewer may not see is NOT_FOUND; what
 * they may see and not touch is FORBIDDEN.
 */
export const rootFieldOutcomes = readOutcomes(`
                                  visitor guest other owner designer rival factory foreign key manager admin

  Query.me                          401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.user                        ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.register                 ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.login                    ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.refreshToken             ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  # A key has no session to end: ADMIN revokes it.
  Mutation.logout                   401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  Query.sessions                    401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  # ADMIN ends the sessions of others by blocking them.
  Mutation.revokeSession            401    404   404   ok    404     404   404     404    403   404    404
  Mutation.revokeOtherSessions      401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.startGuestSession        ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  # A member of the role a guest has is one already; other roles never were guests.
  Mutation.upgradeGuest             401    ok    409   409   403     403   403     403    403   403    403
  # Programs have nothing to leave: ADMIN revokes their keys.
  Mutation.deleteAccount            401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.startPhoneLogin          ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.completePhoneLogin       ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.identityProviders           ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  # Begun signed in it links to the account, which guests and keys have none of their own for.
  Mutation.startProviderLogin       ok     403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.completeProviderLogin    ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.emailAvailable              ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.updateProfile            401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  # A guest has neither an address nor a password.
  Mutation.requestEmailVerification 401    403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.verifyEmail              ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.changePassword           401    403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.requestPasswordReset     ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.resetPassword            ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  # A guest has no sign-in that could ask for it.
  Mutation.enrollTwoFactor          401    403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.confirmTwoFactor         401    403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.disableTwoFactor         401    403   ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.completeTwoFactorLogin   ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok

  # The owner's business, and not the desk's.
  Query.factoryKeys                 401    403   403   403   403     403   403     403    403   403    ok
  Mutation.issueFactoryKey          401    403   403   403   403     403   403     403    403   403    ok
  Mutation.revokeFactoryKey         401    403   403   403   403     403   403     403    403   403    ok
  Mutation.upsertFactory            401    403   403   403   403     403   403     403    403   403    ok
  Mutation.rotateFactoryWebhookSecret 401  403   403   403   403     403   403     403    403   403    ok
  Mutation.setUserRole              401    403   403   403   403     403   403     403    403   403    ok
  Mutation.setUserBlocked           401    403   403   403   403     403   403     403    403   403    ok

  # Factories make nothing of their own, and see nothing of what customers make.
  Query.generationOptions           ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.generation                  401    404   404   ok    404     404   403     403    403   ok     ok
  Subscription.generationUpdated    401    404   404   ok    404     404   403     403    403   ok     ok
  Mutation.createGeneration         401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  # Staff see it and have no say in it.
  Mutation.cancelGeneration         401    404   404   ok    404     404   403     403    403   403    403
  Mutation.retryGeneration          401    404   404   ok    404     404   403     403    403   403    403
  Mutation.rateGeneration           401    404   404   ok    404     404   403     403    403   403    403
  # Whoever may chat may show something.
  Mutation.createUpload             401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.plans                       ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok

  Query.marketplaceItems            ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.marketplaceItem             ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.marketplaceItem/DRAFT       404    404   404   404   ok      404   404     404    404   ok     ok
  Query.favorites                   401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.setFavorite              401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.setFavorite/DRAFT        401    404   404   404   ok      404   404     404    404   ok     ok

  Query.printOptions                ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.quote                       401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.createOrder              401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Query.cart                        401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.setCartLine              401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.clearCart                401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.checkoutCart             401    ok    ok    ok    ok      ok    403     403    403   ok     ok
  Query.order                       401    404   404   ok    ok      404   ok      404    ok    ok     ok
  Query.orders                      401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Subscription.orderStatusChanged   401    404   404   ok    ok      404   ok      404    ok    ok     ok
  Subscription.myOrdersChanged      401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.cancelOrder              401    404   404   ok    403     404   403     403    403   ok     ok
  Mutation.cancelOrder/PRODUCTION   401    404   404   INVALID_TRANSITION 403 404 403 403 403   ok     ok
  Mutation.completeOrder            401    404   404   ok    403     404   403     403    403   ok     ok

  Query.factories                   ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Query.factory                     ok     ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  Mutation.assignFactory            401    403   403   403   403     403   403     403    403   ok     ok
  Mutation.advanceProduction        401    403   403   403   403     403   ok      404    ok    ok     ok
  Mutation.setProductionDeadline    401    403   403   403   403     403   403     403    403   ok     ok
  Mutation.shipOrder                401    403   403   403   403     403   ok      404    ok    ok     ok

  # Everybody pays for themselves; a guest for nothing.
  Mutation.payOrder                 401    403   404   ok    403     404   403     403    403   403    403
  Query.payment                     401    404   404   ok    404     404   403     403    403   ok     ok
  Mutation.deposit                  401    403   ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.refundPayment            401    403   403   403   403     403   403     403    403   ok     ok
  Mutation.cancelPayment            401    403   404   ok    404     404   403     403    403   ok     ok
  Mutation.subscribeToPlan          401    403   ok    ok    ok      ok    403     403    403   ok     ok
  Mutation.cancelPlan               401    403   ok    ok    ok      ok    403     403    403   ok     ok
  Query.admin                       401    403   403   403   403     403   403     403    403   ok     ok
  Mutation.retryWebhookDelivery     401    403   403   403   403     403   403     403    403   ok     ok

  Mutation.sendMessage              401    404   404   ok    ok      404   ok      404    ok    ok     ok
  # The owner's: others may answer it, and staff take it away.
  Mutation.editMessage              401    404   404   ok    403     404   403     404    403   403    403
  Mutation.deleteMessage            401    404   404   ok    403     404   403     404    403   ok     ok
  Mutation.markChatRead             401    404   404   ok    ok      404   ok      404    ok    ok     ok
  Mutation.setTyping                401    404   404   ok    ok      404   ok      404    ok    ok     ok
  Subscription.chatTyping           401    404   404   ok    ok      404   ok      404    ok    ok     ok
  Subscription.chatMessageAdded     401    404   404   ok    ok      404   ok      404    ok    ok     ok

  # Programs are told nothing: they have webhooks and streams.
  Subscription.notificationAdded    401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  Mutation.markNotificationsRead    401    ok    ok    ok    ok      ok    ok      ok     403   ok     ok
  # The owner's: not even staff touches what others were told.
  Mutation.markNotificationsRead/id 401    404   404   ok    404     404   404     404    403   404    404
  Mutation.archiveNotification      401    404   404   ok    404     404   404     404    403   404    404
  Mutation.setNotificationPreferences 401  ok    ok    ok    ok      ok    ok      ok     403   ok     ok

  Mutation.reviewOrder              401    403   404   ok    403     404   403     403    403   403    403
  # Reviews are public, so nobody is told that there is none.
  Mutation.replyToReview            401    403   403   403   ok      403   403     403    403   403    403
`)
