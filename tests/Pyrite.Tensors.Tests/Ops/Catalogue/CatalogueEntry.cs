namespace Pyrite.Tests.Catalogue;

/// <summary>A differentiable operation and how to make a random case of it.</summary>
/// <param name="Name">The class and the member, for example Elementwise.Exp.</param>
/// <param name="Make">Draws points where the operation is smooth within 0.01, and the function of them.</param>
/// <param name="HasSecond">Whether its gradient is differentiable too.</param>
internal sealed record CatalogueEntry(string Name, Func<Draw, CatalogueCase> Make, bool HasSecond = true)
{
    /// <summary>A function of one tensor of any shape, element by element.</summary>
    public static CatalogueEntry Unary(string name, Func<Tensor, Tensor> function, double low = -2, double high = 2, params double[] kinks) =>
        new(name, draw => new CatalogueCase(x => function(x[0]), draw.AwayFrom(draw.AnyShape(), low, high, kinks)));

    /// <summary>A function of two tensors that broadcast.</summary>
    public static CatalogueEntry Binary(string name, Func<Tensor, Tensor, Tensor> function, double low = -2, double high = 2, double otherLow = -2,
        double otherHigh = 2, bool hasSecond = true) =>
        new(name, draw =>
        {
            (Shape a, Shape b) = draw.Pair();
            return new CatalogueCase(x => function(x[0], x[1]), draw.Uniform(a, low, high), draw.Uniform(b, otherLow, otherHigh));
        }, hasSecond);

    /// <summary>A function of one tensor with at least one axis, and of choices about it.</summary>
    public static CatalogueEntry Shaped(string name, Func<Draw, Shape, Func<Tensor, Tensor>> choose, int lowestRank = 1, int highestRank = 3) =>
        new(name, draw =>
        {
            Shape shape = draw.Shape(lowestRank, highestRank);
            Func<Tensor, Tensor> function = choose(draw, shape);
            return new CatalogueCase(x => function(x[0]), draw.Distinct(shape));
        });

    /// <summary>A case in words of its own.</summary>
    public static CatalogueEntry Of(string name, Func<Draw, CatalogueCase> make) => new(name, make);
}
