namespace Pyrite.Tests.Catalogue;

/// <summary>The random choices and numbers of one case of an operation.</summary>
/// <param name="seed">What the choices (shapes, axes, options) depend on.</param>
/// <param name="largest">The longest axis.</param>
/// <param name="version">Other numbers for the same choices.</param>
internal sealed class Draw(ulong seed, int largest, long version = 0)
{
    private const double KinkMargin = 0.05;

    private readonly RandomKey choices = RandomKey.FromSeed(seed).Child("choices");
    private readonly RandomKey numbers = RandomKey.FromSeed(seed).Child("numbers").Child(version);
    private int chosen;
    private int drawn;

    public int Largest => largest;

    /// <summary>An integer from low to high, both included.</summary>
    public int Integer(int low, int high) => low + (int)(choices.Child(chosen++).UniformNumber() * (high - low + 1));

    public bool Coin() => Integer(0, 1) == 1;

    public T Pick<T>(params ReadOnlySpan<T> among) => among[Integer(0, among.Length - 1)];

    public int Size(int smallest = 1) => Integer(smallest, Math.Max(smallest, largest));

    /// <summary>A shape whose rank lies between two bounds.</summary>
    public Shape Shape(int lowestRank = 0, int highestRank = 3, int smallest = 1)
    {
        int[] sizes = new int[Integer(lowestRank, highestRank)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Size(smallest);
        }
        return Pyrite.Shape.Create(sizes);
    }

    /// <summary>Any shape, now and then without elements.</summary>
    public Shape AnyShape()
    {
        Shape shape = Shape();
        return shape.Rank > 0 && Integer(0, 15) == 0 ? shape.Replace(Axis(shape), 0) : shape;
    }

    /// <summary>An axis, counted from either end.</summary>
    public int Axis(Shape shape) => Integer(-shape.Rank, shape.Rank - 1);

    /// <summary>Some axes in any order; none means all.</summary>
    public int[] Axes(Shape shape) => [.. Enumerable.Range(0, shape.Rank).Where(_ => Coin()).Select(axis => Coin() ? axis : axis - shape.Rank)];

    /// <summary>A shape that broadcasts to a larger one: leading axes left out, others of size 1.</summary>
    public Shape Narrower(Shape shape)
    {
        int first = Integer(0, shape.Rank);
        return Pyrite.Shape.Create(
            [.. shape.Sizes[(first == shape.Rank && Coin() ? 0 : first)..].ToArray().Select(size => Integer(0, 3) == 0 ? 1 : size)]);
    }

    /// <summary>Two shapes that broadcast with each other.</summary>
    public (Shape A, Shape B) Pair()
    {
        Shape shape = AnyShape();
        return Integer(0, 2) switch { 0 => (shape, Narrower(shape)), 1 => (Narrower(shape), shape), _ => (shape, shape) };
    }

    public Tensor Uniform(Shape shape, double low, double high) => (numbers.Child(drawn++).Uniform(shape, DType.Float64) * (high - low)) + low;

    public Tensor Normal(Shape shape) => Uniform(shape, -2, 2);

    /// <summary>Numbers that keep away from points where the operation is not smooth.</summary>
    public Tensor AwayFrom(Shape shape, double low, double high, params double[] kinks)
    {
        double[] values = Uniform(shape, low, high).ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            foreach (double kink in kinks)
            {
                values[i] = Math.Abs(values[i] - kink) < KinkMargin ? kink + (values[i] < kink ? -KinkMargin : KinkMargin) : values[i];
            }
        }
        return Tensor.From<double>(values, shape);
    }

    /// <summary>Numbers no two of which come close, in random order and of both signs, none near zero in absolute value or near another's.</summary>
    public Tensor Distinct(Shape shape)
    {
        int[] places = new int[shape.Count];
        numbers.Child(drawn++).Permutation(places);
        double[] signs = Uniform(shape, -1, 1).ToArray<double>();
        return Tensor.From<double>([.. places.Select((place, i) => Math.Sign(signs[i]) * (0.4 + (0.15 * place)))], shape) + Uniform(shape, 0, 0.05);
    }

    /// <summary>Positions of an axis of the given size.</summary>
    public Tensor Positions(Shape shape, int size) => numbers.Child(drawn++).Integers(shape, size);

    public Tensor Mask(Shape shape) => numbers.Child(drawn++).Integers(shape, 2).To(DType.Bool);

    /// <summary>Up to two batch axes before the given ones.</summary>
    public Shape Batched(params ReadOnlySpan<int> last) => Shape(0, 2) + Pyrite.Shape.Create(last);
}
