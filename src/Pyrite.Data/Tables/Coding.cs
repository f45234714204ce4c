namespace Pyrite;

/// <summary>Categories as columns of zeros and ones, for the product with a vector of coefficients.</summary>
public sealed class Coding
{
    internal Coding(Tensor values, IReadOnlyList<string> names) => (Values, Names) = (values, names);

    /// <summary>Zeros and ones of the default precision: shape [rows, columns].</summary>
    public Tensor Values { get; }

    /// <summary>The category that each column marks.</summary>
    public IReadOnlyList<string> Names { get; }
}
