
namespace Pyrite.Conformance;

/// <summary>A corner at which a family does not give what the others give, or at which a difference quotient cannot judge it.</summary>
/// <param name="Family">The family, as the suite lists it.</param>
/// <param name="Pattern">A regular expression of the corner's name.</param>
/// <param name="Where">The same in words.</param>
/// <param name="Reason">Why.</param>
internal sealed record CornerException(string Family, string Pattern, string Where, string Reason);
