using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Elements chosen and written by position, array or mask.</summary>
internal static class IndexEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Shaped("Tensor.Element", (draw, shape) =>
        {
            TensorIndex[] entries = Entries(draw, shape);
            return x => x[entries];
        }),
        Shaped("Tensor.Element", (draw, shape) =>
        {
            Tensor mask = draw.Mask(shape[..draw.Integer(1, shape.Rank)]);
            return x => x[TensorIndex.Ellipsis, mask.Rank == shape.Rank ? mask : Range.All];
        }),
        Shaped("Tensor.Element", (draw, shape) =>
        {
            Shape common = draw.Shape(0, 2);
            (Tensor first, Tensor second) = (draw.Positions(common, shape[0]), draw.Positions(draw.Narrower(common), shape[^1]));
            return x => shape.Rank == 3 ? x[first, TensorIndex.NewAxis, Range.All, second] : x[first, second];
        }, lowestRank: 2),
        Shaped("Masking.MaskedSelect", (draw, shape) =>
        {
            Tensor mask = draw.Mask(draw.Narrower(shape));
            return x => x.MaskedSelect(mask);
        }),
        Shaped("Taking.Take", (draw, shape) =>
        {
            int axis = draw.Axis(shape);
            Tensor positions = draw.Positions(draw.Shape(0, 2), shape[axis]) - (draw.Coin() ? shape[axis] : 0);
            return x => x.Take(positions.To(DType.Int64), axis);
        }),
        Shaped("Taking.Embedding", (draw, shape) =>
        {
            Tensor positions = draw.Positions(draw.Shape(0, 2), shape[0]);
            return x => x.Embedding(positions);
        }, lowestRank: 2, highestRank: 2),
        Shaped("Gathering.TakeAlong", (draw, shape) =>
        {
            int axis = draw.Axis(shape);
            Tensor positions = draw.Positions(shape.Replace(axis, draw.Size()), shape[axis]);
            return x => x.TakeAlong(positions, axis);
        }),
        Shaped("Gathering.TakeAlong", (draw, shape) =>
        {
            int axis = draw.Axis(shape);
            Tensor positions = draw.Positions(Shape.Create([.. Enumerable.Repeat(1, shape.Rank)]).Replace(axis, draw.Size()), shape[axis]);
            return x => x.TakeAlong(positions, axis, broadcast: true);
        }),
        Shaped("Gathering.MaskedFill", (draw, shape) =>
        {
            Tensor mask = draw.Mask(draw.Narrower(shape));
            return x => x.MaskedFill(mask, 0.3);
        }),
        Written("Gathering.Scatter", (x, positions, source, axis) => x.Scatter(positions, source, axis)),
        Written("Gathering.ScatterAdd", (x, positions, source, axis) => x.ScatterAdd(positions, source, axis)),
        Of("Gathering.IndexAdd", draw =>
        {
            Shape shape = draw.Shape(1);
            int axis = draw.Axis(shape);
            int count = draw.Size();
            Tensor positions = draw.Positions([count], shape[axis]);
            return new(x => x[0].IndexAdd(axis, positions, x[1]), draw.Normal(shape), draw.Normal(shape.Replace(axis, count)));
        }),
        Named("Gathering.Replace", (x, values, entries) => x.Replace(values, entries)),
        Named("Gathering.Accumulate", (x, values, entries) => x.Accumulate(values, entries)),
    ];

    private static CatalogueEntry Written(string name, Func<Tensor, Tensor, Tensor, int, Tensor> write) => Of(name, draw =>
    {
        Shape shape = draw.Shape(1);
        int axis = draw.Axis(shape);
        Shape part = Shape.Create([.. shape.Select(size => draw.Integer(1, size))]).Replace(axis, draw.Size());
        Tensor positions = draw.Positions(part, shape[axis]);
        return new(x => write(x[0], positions, x[1], axis), draw.Normal(shape), draw.Normal(part));
    });

    private static CatalogueEntry Named(string name, Func<Tensor, Tensor, TensorIndex[], Tensor> write) => Of(name, draw =>
    {
        Shape shape = draw.Shape(1);
        TensorIndex[] entries = Entries(draw, shape);
        Shape reached = Tensor.Zeros(shape, DType.Float64)[entries].Shape;
        return new(x => write(x[0], x[1], entries), draw.Normal(shape), draw.Normal(draw.Narrower(reached)));
    });

    private static TensorIndex[] Entries(Draw draw, Shape shape)
    {
        int count = draw.Size();
        return [.. Enumerable.Range(0, draw.Integer(1, shape.Rank)).Select(axis => Entry(draw, shape[axis], count))];
    }

    private static TensorIndex Entry(Draw draw, int size, int count)
    {
        int start = draw.Integer(0, size - 1);
        return draw.Integer(0, 4) switch
        {
            0 => start,
            1 => ^(start + 1),
            2 => start..draw.Integer(start, size),
            3 => TensorIndex.Every(start..size, draw.Pick(-2, -1, 1, 2)),
            _ => draw.Positions([count], size),
        };
    }
}
