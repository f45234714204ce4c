using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>What a transform makes of a set.</summary>
internal sealed class ImageConstraint(Constraint source, Transform transform, int eventRank)
    : Constraint(source.IsEverything ? transform.Codomain.Name : $"image of {source.Name}", "", eventRank, source.IsDiscrete)
{
    public override Transform? Bijection => source.Bijection is { } inner ? new ComposedTransform(inner, transform) : null;

    public override Transform? SamplingMap => source.SamplingMap is { } inner ? new ComposedTransform(inner, transform) : null;

    /// <summary>Whether the source is all of the reals, so that the image is all that the transform reaches.</summary>
    public bool IsWhole => source.IsEverything && source.SamplingMap is { IsBijective: true };

    /// <summary>All that the transform reaches.</summary>
    public Constraint Reach => transform.Codomain;

    /// <summary>Whether no tensor takes part in the map, so that it is the same for all entries of a batch.</summary>
    public bool DependsOnNumbersOnly => transform.GivenType is null && CommonSupport.OfComponents(source) is not null;

    /// <summary>Whether it is an interval whose ends are plain numbers; missing ends are infinite.</summary>
    public bool IsFixedInterval => EventRank == 0 && transform.Sign != 0 && DependsOnNumbersOnly && SamplingMap is { IsBijective: true };

    public override Tensor? LowerEnd =>
        transform.Sign > 0
            ? Image(source.LowerEnd, double.NegativeInfinity)
            : transform.Sign < 0 ? Image(source.UpperEnd, double.PositiveInfinity) : null;

    public override Tensor? UpperEnd =>
        transform.Sign > 0
            ? Image(source.UpperEnd, double.PositiveInfinity)
            : transform.Sign < 0 ? Image(source.LowerEnd, double.NegativeInfinity) : null;

    public override bool IsEverything => source.IsEverything && transform.Codomain.IsEverything;

    internal override string Describe() =>
        source.IsEverything ? transform.Codomain.Requirement : $"the image under the transform of a value that is {source.Requirement}";

    internal override bool IsFixed => false;

    public override bool IsMade => true;

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
        Tensor original = transform.Inverse(safe);
        return verdict & source.Check(IsDiscrete ? Nearest(original) : original);
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

    /// <summary>What an inverse transform gave, where it is a whole number but for rounding that number.</summary>
    public static Tensor Nearest(Tensor x)
    {
        Tensor whole = x.Round().Detach();
        double rounding = x.DType == DType.Float32 ? 1e-5 : 1e-12;
        return Tensor.Where((x - whole).Abs().Detach() <= rounding * (1 + whole.Abs()), whole, x);
    }

    private Tensor? Image(Tensor? end, double missing)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor image = transform.Forward(end ?? missing);
        return image.IsFinite().All() ? image : null;
    }
}
