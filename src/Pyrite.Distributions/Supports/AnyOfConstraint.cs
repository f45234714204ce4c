namespace Pyrite.Supports;

/// <summary>Values that satisfy one of several constraints of the same number of axes.</summary>
internal sealed class AnyOfConstraint(Constraint[] options)
    : Constraint(options[0].Name, "", options[0].EventRank, Array.TrueForAll(options, option => option.IsDiscrete))
{
    public override Transform? Bijection => IsOneSet ? options[0].Bijection : null;

    /// <summary>Where sets differ, samplers walk in what contains them all; between them the density is zero.</summary>
    public override Transform? SamplingMap => IsOneSet ? options[0].SamplingMap : CommonSupport.HullOf(options)?.SamplingMap;

    public override bool IsEverything => Array.Exists(options, option => option.IsEverything);

    public override Tensor? LowerEnd => IsDiscrete ? Outermost(option => option.LowerEnd, (end, outermost) => end < outermost) : null;

    public override Tensor? UpperEnd => IsDiscrete ? Outermost(option => option.UpperEnd, (end, outermost) => end > outermost) : null;

    internal override string Describe() => string.Join(" or ", options.Select(option => option.Requirement).Distinct());

    internal override bool IsFixed => false;

    public override bool IsMade => true;

    public override Tensor Check(Tensor value)
    {
        Tensor verdict = options[0].Check(value);
        foreach (Constraint option in options[1..])
        {
            verdict |= option.Check(value);
        }
        return verdict;
    }

    protected internal override Tensor InteriorPoint(Tensor value) => options[0].InteriorPoint(value);

    private bool IsOneSet => Array.TrueForAll(options, option => CommonSupport.AreSame(options[0], option));

    private Tensor? Outermost(Func<Constraint, Tensor?> endOf, Func<Tensor, Tensor, Tensor> isFartherOut)
    {
        Tensor? outermost = endOf(options[0]);
        foreach (Constraint option in options[1..])
        {
            outermost =
            outermost is not null && endOf(option) is { } end
                ? ReferenceEquals(end, outermost) ? end : Tensor.Where(isFartherOut(end, outermost), end, outermost)
                : null;
        }
        return outermost;
    }
}
