using System.Globalization;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Different constraints for stretches of an axis that is counted from the right.</summary>
internal sealed class JoinedConstraint(Constraint[] parts, int[] lengths, int axis)
    : Constraint("joined", "", parts.Max(part => part.EventRank), Array.TrueForAll(parts, part => part.IsDiscrete))
{
    public override Transform? Bijection => Array.TrueForAll(parts, part => part.Bijection is { } map && map.ForwardShape([7, 7]) == [7, 7])
        ? new ConcatTransform([.. parts.Select(part => part.Bijection!)], lengths, axis)
        : null;

    public override Transform? Parametrization =>
        Array.TrueForAll(parts, part => part.Parametrization is { } map && map.ForwardShape([7, 7]) == [7, 7])
        ? new ConcatTransform([.. parts.Select(part => part.Parametrization!)], lengths, axis)
        : null;

    internal override Transform? SamplingMap => Array.TrueForAll(parts, part => part.SamplingMap is { } map && map.InverseShape([7, 7]) == [7, 7])
        ? new ConcatTransform([.. parts.Select(part => part.SamplingMap!)], lengths, axis)
        : null;

    internal override bool IsEverything => Array.TrueForAll(parts, part => part.IsEverything);

    internal override string Describe() =>
        string.Join(", then ", parts.Select((part, i) => string.Create(CultureInfo.InvariantCulture, $"{lengths[i]} of {part.Requirement}")));

    /// <summary>The stretches of a tensor.</summary>
    /// <exception cref="ArgumentException">The axis has another length.</exception>
    public static Tensor[] Cut(Tensor x, int[] lengths, int axis)
    {
        if (x.Rank < -axis || x.Shape[^-axis] != lengths.Sum())
        {
            throw new ArgumentException($"A joined transform or constraint needs {lengths.Sum()} entries along axis {axis}; found shape {x.Shape}.",
                nameof(x));
        }
        Tensor[] stretches = new Tensor[lengths.Length];
        int start = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            stretches[i] = x.Slice(axis, start, lengths[i]);
            start += lengths[i];
        }
        return stretches;
    }

    /// <summary>The mask of each stretch, where the axis is one of independent entries; elsewhere it is the same for all.</summary>
    /// <param name="mask">Bool; null where everything counts.</param>
    /// <param name="lengths">How long each stretch is.</param>
    /// <param name="axis">The axis among those of the mask: -1 is the last; zero or more where it is one of a value.</param>
    public static IEnumerable<Tensor?> CutMask(Tensor? mask, int[] lengths, int axis) =>
        mask is not null && axis < 0 && mask.Rank >= -axis && mask.Shape[^-axis] > 1
            ? Cut(mask, lengths, axis)
            : Enumerable.Repeat(mask, lengths.Length);

    internal override bool IsFixed => Array.TrueForAll(parts, part => part.IsFixed);

    public override Tensor Check(Tensor value)
    {
        Tensor[] verdicts =
            [.. Cut(value, lengths, axis).Select((stretch, i) => parts[i].Check(stretch).AllOverLast(EventRank - parts[i].EventRank))];
        return axis + EventRank < 0
            ? Tensor.Concat([.. verdicts.Select(verdict => verdict.To(DType.Int64))], axis + EventRank) > 0
            : verdicts.Aggregate((a, b) => a & b);
    }

    protected internal override Tensor InteriorPoint(Tensor value) =>
        Tensor.Concat(
            [.. Cut(value, lengths, axis).Select((stretch, i) => parts[i].InteriorPoint(stretch).To(value.DType).BroadcastTo(stretch.Shape))], axis);
}
