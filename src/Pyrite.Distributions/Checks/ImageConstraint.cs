namespace Pyrite.Checks;

/// <summary>What a transform makes of a set.</summary>
internal sealed class ImageConstraint(Constraint source, Transform transform, int eventRank)
    : Constraint(Describe(source, transform).Name, Describe(source, transform).Requirement, eventRank, source.IsDiscrete)
{
    public override Transform? Bijection => source.Bijection is { } inner ? new ComposedTransform(inner, transform) : null;

    internal override Tensor? LowerEnd => transform.Sign > 0 ? Image(source.LowerEnd, double.NegativeInfinity) : transform.Sign < 0 ? Image(source.UpperEnd, double.PositiveInfinity) : null;

    internal override Tensor? UpperEnd => transform.Sign > 0 ? Image(source.UpperEnd, double.PositiveInfinity) : transform.Sign < 0 ? Image(source.LowerEnd, double.NegativeInfinity) : null;

    internal override bool IsEverything => source.IsEverything && transform.Codomain.IsEverything;

    public override Tensor Check(Tensor value)
    {
        Constraint codomain = transform.Codomain;
        Tensor reachable = codomain.Check(value);
        Tensor verdict = reachable.AllOverLast(EventRank - codomain.EventRank);
        if (source.IsEverything)
        {
            return verdict;
        }
        Tensor safe = Tensor.Where(codomain.SpreadOverEvent(reachable), value, codomain.InteriorPoint(value));
        return verdict & source.Check(transform.Inverse(safe));
    }

    protected internal override Tensor InteriorPoint(Tensor value)
    {
        Tensor reachable = transform.Codomain.InteriorPoint(value);
        if (source.IsEverything)
        {
            return reachable;
        }
        Tensor start = transform.Inverse(reachable.BroadcastTo(value.Shape));
        return transform.Forward(source.InteriorPoint(start).BroadcastTo(start.Shape));
    }

    private Tensor? Image(Tensor? end, double missing)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor image = transform.Forward(end ?? missing);
        return image.IsFinite().All() ? image : null;
    }

    private static (string Name, string Requirement) Describe(Constraint source, Transform transform) => source.IsEverything
        ? (transform.Codomain.Name, transform.Codomain.Requirement)
        : ($"image of {source.Name}", $"the image under the transform of a value that is {source.Requirement}");
}
