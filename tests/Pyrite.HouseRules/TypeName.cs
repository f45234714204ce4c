namespace Pyrite;

/// <summary>An outermost type.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name without generic parameters.</param>
/// <param name="Arity">How many generic parameters it has.</param>
internal readonly record struct TypeName(string Namespace, string Name, int Arity);
