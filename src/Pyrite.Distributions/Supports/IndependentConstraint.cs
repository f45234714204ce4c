using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>A constraint whose values are arrays of values of another: all of them must satisfy it.</summary>
internal sealed class IndependentConstraint(Constraint element, int axes)
    : Constraint(element.Name, "", element.EventRank + axes, element.IsDiscrete)
{
    public override Transform? Bijection => element.Bijection is { } transform ? new IndependentTransform(transform, axes) : null;

    public override Transform? SamplingMap => element.SamplingMap is { } transform ? new IndependentTransform(transform, axes) : null;

    public override Transform? Parametrization => element.Parametrization is { } transform ? new IndependentTransform(transform, axes) : null;

    /// <inheritdoc/>
    public override Constraint Element => element;

    /// <summary>How many axes it was extended by.</summary>
    public int Axes => axes;

    public override bool IsEverything => element.IsEverything;

    internal override string Describe() => element.Requirement;

    internal override bool IsFixed => element.IsFixed;

    public override Tensor Check(Tensor value)
    {
        Tensor verdicts = element.Check(value);
        return verdicts.AllOverLast(axes);
    }

    internal override bool? VerdictOfNumber(Tensor value) => element.VerdictOfNumber(value);

    internal override Tensor Verdict(Tensor value) => element.Verdict(value);

    internal override Tensor Verdict(Tensor value, Tensor mask)
    {
        for (int i = 0; i < axes; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return element.Verdict(value, mask);
    }

    protected internal override Tensor InteriorPoint(Tensor value) => element.InteriorPoint(value);
}
