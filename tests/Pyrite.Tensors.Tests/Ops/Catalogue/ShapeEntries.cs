using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>The same elements in other shapes and places.</summary>
internal static class ShapeEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Shaped("Reshaping.Reshape", (draw, shape) => draw.Coin() ? x => x.Reshape(-1) : x => x.Reshape([1, .. shape.Sizes, 1])),
        Shaped("Reshaping.Flatten", (draw, shape) => draw.Coin() ? x => x.Flatten() : x => x.Flatten(0, shape.Rank / 2)),
        Shaped("Reshaping.Unsqueeze", (draw, shape) =>
        {
            int axis = draw.Integer(-shape.Rank - 1, shape.Rank);
            return x => x.Unsqueeze(axis);
        }),
        Shaped("Reshaping.Squeeze", (draw, shape) => x => x.Unsqueeze(1).Square().Squeeze(1)),
        Shaped("Repetition.Squeeze", (draw, shape) => x => x.Unsqueeze(1).Square().Squeeze()),
        Shaped("TensorStorage.Contiguous", (draw, shape) => x => x.Contiguous().Square()),
        Shaped("Transposition.Permute", (draw, shape) =>
        {
            int[] axes = Shuffled(draw, shape.Rank);
            return x => x.Permute(axes);
        }, highestRank: 4),
        Shaped("Transposition.Transpose", (draw, shape) =>
        {
            (int first, int second) = (draw.Axis(shape), draw.Axis(shape));
            return x => x.Transpose(first, second);
        }),
        Of("Transposition.BroadcastTo", draw =>
        {
            Shape shape = draw.AnyShape();
            return new(x => x[0].BroadcastTo(shape), draw.Normal(draw.Narrower(shape)));
        }),
        AlongAxis("Transposition.Flip", (draw, shape, axis) => x => x.Flip(axis)),
        AlongAxis("Repetition.MoveAxis", (draw, shape, axis) =>
        {
            int to = draw.Axis(shape);
            return x => x.MoveAxis(axis, to);
        }),
        AlongAxis("Repetition.RepeatEach", (draw, shape, axis) =>
        {
            int count = draw.Integer(1, 3);
            return x => x.RepeatEach(count, axis);
        }),
        AlongAxis("Repetition.Roll", (draw, shape, axis) =>
        {
            int shift = draw.Integer(-5, 5);
            return x => x.Roll(shift, axis);
        }),
        Shaped("Repetition.Tile", (draw, shape) =>
        {
            int[] counts = [.. Enumerable.Range(0, draw.Integer(1, shape.Rank + 1)).Select(_ => draw.Integer(1, 3))];
            return x => x.Tile(counts);
        }),
        AlongAxis("Repetition.Windows", (draw, shape, axis) =>
        {
            (int size, int step) = (draw.Integer(1, shape[axis]), draw.Integer(1, 2));
            return x => x.Windows(axis, size, step);
        }),
        AlongAxis("Repetition.Chunk", (draw, shape, axis) =>
        {
            int count = draw.Integer(1, 3);
            return x => CatalogueCase.Join([.. x.Chunk(count, axis).Select((piece, i) => piece * (i + 1.0))]);
        }),
        AlongAxis("Repetition.Split", (draw, shape, axis) =>
        {
            int first = draw.Integer(0, shape[axis]);
            return x =>
                x.Split([first, shape[axis] - first], axis) is [var a, var b]
                    ? CatalogueCase.Join(a.Exp(), b)
                    : throw new InvalidOperationException("Two pieces were expected.");
        }),
        Of("Tensor.MeshGrid", draw =>
        {
            bool exchange = draw.Coin();
            return new(x => CatalogueCase.Join(Tensor.MeshGrid(x, exchange)), draw.Normal([draw.Size()]), draw.Normal([draw.Size()]),
                draw.Normal([draw.Size()]));
        }),
        AlongAxis("Slicing.Select", (draw, shape, axis) =>
        {
            int position = draw.Integer(0, shape[axis] - 1);
            return draw.Coin() ? x => x.Select(axis, position) : x => x.Select(axis, ^(position + 1));
        }),
        AlongAxis("Slicing.Slice", (draw, shape, axis) =>
        {
            (int start, int step) = (draw.Integer(0, shape[axis] - 1), draw.Integer(1, 2));
            int count = draw.Integer(0, ((shape[axis] - 1 - start) / step) + 1);
            return x => x.Slice(axis, start, count, step);
        }),
        AlongAxis("Padding.Pad", (draw, shape, axis) =>
        {
            (int before, int after) = (draw.Integer(-shape[axis] / 2, 3), draw.Integer(0, 3));
            return x => x.Pad(axis, before, after, 0.7);
        }),
        AlongAxis("Padding.Pad", (draw, shape, axis) =>
        {
            PaddingMode mode = draw.Pick(PaddingMode.Reflect, PaddingMode.Replicate, PaddingMode.Circular);
            int limit = shape[axis] - (mode == PaddingMode.Reflect ? 1 : 0);
            (int before, int after) = (draw.Integer(0, limit), draw.Integer(0, limit));
            return x => x.Pad(axis, before, after, 0, mode);
        }),
        Joined("Tensor.Concat", (x, axis) => Tensor.Concat(x, axis), isStack: false),
        Joined("Tensor.Stack", (x, axis) => Tensor.Stack(x, axis), isStack: true),
        Shaped("Diagonals.LowerTriangle", (draw, shape) =>
        {
            int diagonal = draw.Integer(-2, 2);
            return x => x.LowerTriangle(diagonal);
        }, lowestRank: 2),
        Shaped("Diagonals.UpperTriangle", (draw, shape) =>
        {
            int diagonal = draw.Integer(-2, 2);
            return x => x.UpperTriangle(diagonal);
        }, lowestRank: 2),
        Shaped("Diagonals.Diagonal", (draw, shape) =>
        {
            int offset = draw.Integer(1 - shape[^2], shape[^1] - 1);
            return x => x.Diagonal(offset);
        }, lowestRank: 2),
        Shaped("Diagonals.DiagonalEmbed", (draw, shape) =>
        {
            int offset = draw.Integer(-2, 2);
            return x => x.DiagonalEmbed(offset);
        }),
        Shaped("Diagonals.Trace", (draw, shape) => x => x.Trace(), lowestRank: 2),
    ];

    private static CatalogueEntry AlongAxis(string name, Func<Draw, Shape, int, Func<Tensor, Tensor>> choose) =>
        Shaped(name, (draw, shape) => choose(draw, shape, draw.Axis(shape)));

    private static CatalogueEntry Joined(string name, Func<Tensor[], int, Tensor> join, bool isStack) => Of(name, draw =>
    {
        Shape shape = draw.Shape(1);
        int axis = draw.Integer(0, shape.Rank - 1);
        Tensor[] parts = [.. Enumerable.Range(0, draw.Integer(1, 4)).Select(_ => draw.Normal(isStack ? shape : shape.Replace(axis, draw.Size())))];
        return new(x => join(x, axis), parts);
    });

    private static int[] Shuffled(Draw draw, int rank)
    {
        int[] axes = [.. Enumerable.Range(0, rank)];
        for (int i = rank - 1; i > 0; i--)
        {
            int other = draw.Integer(0, i);
            (axes[i], axes[other]) = (axes[other], axes[i]);
        }
        return axes;
    }
}
