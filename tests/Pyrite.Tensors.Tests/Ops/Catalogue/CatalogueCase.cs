namespace Pyrite.Tests.Catalogue;

/// <summary>A function and the point at which it is looked at; the function takes the points as an array.</summary>
internal sealed record CatalogueCase(Func<Tensor[], Tensor> Function, params Tensor[] Points)
{
    /// <summary>All elements of several results in one vector, so that each of them counts.</summary>
    public static Tensor Join(params Tensor[] results) => Tensor.Concat([.. results.Select(result => result.Reshape(-1))]);

    /// <summary>The shapes of the points, for messages.</summary>
    public override string ToString() => string.Join(" ", Points.Select(point => point.Shape));
}
