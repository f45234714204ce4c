using Pyrite.Checks;

namespace Pyrite.Components;

/// <summary>The matrices of a part of a series.</summary>
/// <param name="Transition">[.., n, n].</param>
/// <param name="Noise">The covariance of the states' noise, [.., n, n].</param>
/// <param name="Row">How the states show in the series: [n], or [steps, n].</param>
/// <param name="Mean">Of the first state, [.., n].</param>
/// <param name="Covariance">Of the first state, [.., n, n].</param>
/// <param name="Diffuse">Which states have an infinite variance at the start.</param>
/// <param name="ObservationVariance">[..]; null for none.</param>
internal sealed record ComponentParts(Tensor Transition, Tensor Noise, Tensor Row, Tensor Mean, Tensor Covariance, bool[] Diffuse,
    Tensor? ObservationVariance = null)
{
    /// <summary>A part whose first state is what a user says, or diffuse.</summary>
    public static ComponentParts Of(Tensor transition, Tensor noise, Tensor row, InitialState? start, string name)
    {
        int n = transition.Shape[^1];
        if (start is null)
        {
            return new ComponentParts(transition, noise, row, Zeros(n), Zeros(n, n), [.. Enumerable.Repeat(true, n)]);
        }
        if (start.IsBeforeFirst || start.IsStationary)
        {
            throw new ArgumentException(
                $"{name}: the start of a part of a series is InitialState.Normal or InitialState.Diffuse, at the time of the first observation.",
                    nameof(start));
        }
        if ((start.Mean is { } mean && (mean.Rank < 1 || mean.Shape[^1] != n))
            || (start.Covariance is { } spread && (spread.Rank < 2 || spread.Shape[^1] != n || spread.Shape[^2] != n)))
        {
            throw new ArgumentException(
                $"{name}: the start has a mean of shape {start.Mean?.Shape} and a covariance of shape {start.Covariance?.Shape}; the part has "
                    + $"{n} states, so they "
                    + $"must be [.., {n}] and [.., {n}, {n}].", nameof(start));
        }
        return new ComponentParts(transition, noise, row, start.Mean ?? Zeros(n), start.Covariance ?? Zeros(n, n),
            [.. start.Marks(n).Select(mark => mark == '1')]);
    }

    /// <summary>The square of a standard deviation, which may be 0 but not negative.</summary>
    public static Tensor Squared(Tensor scale, string owner, string name)
    {
        ArgumentNullException.ThrowIfNull(scale);
        RefusedCheck.Require(scale.AllWithin(new NumberRange(0, double.PositiveInfinity, HighOpen: true)), scale,
            value => $"{owner}: {name} must be a standard deviation, 0 or larger; found {value}.");
        return scale.To(DType.Float64).Square();
    }

    /// <summary>A diagonal matrix [.., n, n] of numbers [..], which broadcast.</summary>
    public static Tensor Diagonal(params Tensor[] entries)
    {
        Shape batch = entries.Aggregate(Shape.Scalar, (shape, entry) => Shape.Broadcast(shape, entry.Shape));
        return Tensor.Stack([.. entries.Select(entry => entry.To(DType.Float64).BroadcastTo(batch))], -1).DiagonalEmbed();
    }

    public static Tensor Zeros(params int[] sizes) => Tensor.Zeros(Shape.Create(sizes), DType.Float64);

    /// <summary>Matrices in a row along the diagonal, zeros elsewhere.</summary>
    public static Tensor Blocks(IReadOnlyList<Tensor> blocks)
    {
        Shape batch = blocks.Aggregate(Shape.Scalar, (shape, block) => Shape.Broadcast(shape, block.Shape[..^2]));
        int size = blocks.Sum(block => block.Shape[^1]), start = 0;
        List<Tensor> rows = [];
        foreach (Tensor block in blocks)
        {
            int own = block.Shape[^1];
            List<Tensor> row = [block.To(DType.Float64).BroadcastTo(batch + [own, own])];
            if (start > 0)
            {
                row.Insert(0, Tensor.Zeros(batch + [own, start], DType.Float64));
            }
            if (start + own < size)
            {
                row.Add(Tensor.Zeros(batch + [own, size - start - own], DType.Float64));
            }
            rows.Add(row.Count == 1 ? row[0] : Tensor.Concat([.. row], -1));
            start += own;
        }
        return rows.Count == 1 ? rows[0] : Tensor.Concat([.. rows], -2);
    }
}
