using System.Globalization;
using Pyrite.Functions;
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

    public override Transform? SamplingMap => Array.TrueForAll(parts, part => part.SamplingMap is { } map && map.InverseShape([7, 7]) == [7, 7])
        ? new ConcatTransform([.. parts.Select(part => part.SamplingMap!)], lengths, axis)
        : null;

    public override bool IsEverything => Array.TrueForAll(parts, part => part.IsEverything);

    internal override string Describe() =>
        string.Join(", then ", parts.Select((part, i) => string.Create(CultureInfo.InvariantCulture, $"{lengths[i]} of {part.Requirement}")));

    internal override bool IsFixed => Array.TrueForAll(parts, part => part.IsFixed);

    public override bool IsMade => true;

    public override Tensor Check(Tensor value)
    {
        Tensor[] verdicts =
            [.. AxisStretches.Cut(value, lengths, axis).Select((stretch, i) => parts[i].Check(stretch).AllOverLast(EventRank - parts[i].EventRank))];
        return axis + EventRank < 0
            ? Tensor.Concat([.. verdicts.Select(verdict => verdict.To(DType.Int64))], axis + EventRank) > 0
            : verdicts.Aggregate((a, b) => a & b);
    }

    protected internal override Tensor InteriorPoint(Tensor value) =>
        Tensor.Concat(
            [.. AxisStretches.Cut(value, lengths, axis)
                .Select((stretch, i) => parts[i].InteriorPoint(stretch).To(value.DType).BroadcastTo(stretch.Shape))], axis);
}
