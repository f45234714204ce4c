using Pyrite.Transforms.Scalars;

namespace Pyrite.Supports;

/// <summary>Angles in radians: any number, where numbers 2π apart are the same direction.</summary>
internal sealed class AngleConstraint() : Constraint("angle", "an angle in radians")
{
    public override Transform Bijection => new IdentityTransform();

    /// <summary>A density of period 2π has no mass to give on the real line, so samplers walk in the plane of directions.</summary>
    public override Transform SamplingMap => new AngleSamplingTransform();

    public override bool IsEverything => true;

    public override Tensor Check(Tensor value) => Constraints.Real.Check(value);

    internal override Tensor Verdict(Tensor value) => Constraints.Real.Verdict(value);

    internal override bool? VerdictOfNumber(Tensor value) => Constraints.Real.VerdictOfNumber(value);

    protected internal override Tensor InteriorPoint(Tensor value) => Constraints.Real.InteriorPoint(value);
}
