using Pyrite.Language.Sites;

namespace Pyrite.Inference.Agreement;

/// <summary>Whether what a guide draws lies in the support of the model's site, and can be compared with its density.</summary>
/// <remarks>A guide on a part of the support is allowed: the bound holds, and the fit is the best on that part. Points (<see cref="Delta"/>) and
/// stored draws (<see cref="Empirical"/>) have no support of their own: the model scores them. Supports that follow from the families are compared
/// when a site is first met, bounds that are given to them in every step.</remarks>
internal sealed class SupportAgreement
{
    // Bounds come from arithmetic: low + (high - low) is not always high.
    private const double Rounding = 1e-6;

    private readonly Dictionary<string, (Type Guide, Type Model)> settled = [];

    /// <summary>Compares the supports of a latent.</summary>
    /// <exception cref="ModelException">The guide draws outside of the support, or from a set of another kind.</exception>
    public void Verify(SampleSite latent, SampleSite drawn)
    {
        if (!ReferenceEquals(drawn.Options, SiteOptions.None) && drawn.Options.Find<GuideSite>() is { } automatic)
        {
            VerifyAutomatic(latent, drawn, automatic);
            return;
        }
        Distribution guide = DistributionFamily.Of(drawn.Distribution);
        Distribution model = DistributionFamily.Of(latent.Distribution);
        if ((guide is Normal && model is Normal) || guide is Delta or Empirical
            || (settled.TryGetValue(latent.Name, out (Type Guide, Type Model) known) && known.Guide == guide.GetType()
                && known.Model == model.GetType()))
        {
            return;
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint mine = guide.Support;
        Constraint theirs = model.Support;
        SupportPair pair = new(latent, drawn, guide, model);
        CompareMeasures(pair, guide, model);
        CompareCircles(pair, guide, model);
        Compare(pair, mine, theirs);
        if (mine is not { HasGivenEnds: true } && theirs is not { HasGivenEnds: true })
        {
            settled[latent.Name] = (guide.GetType(), model.GetType());
        }
    }

    /// <summary>An automatic guide maps onto the support that the model had when the guide first ran.</summary>
    private void VerifyAutomatic(SampleSite latent, SampleSite drawn, GuideSite site)
    {
        Distribution model = DistributionFamily.Of(latent.Distribution);
        if (site.Low is null && site.High is null)
        {
            VerifyKind(latent, drawn, site, model);
            return;
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint support = model.Support;
        RequireSame(latent, site.Low, support.LowerEnd, site.High);
        RequireSame(latent, site.High, support.UpperEnd, site.Low);
    }

    /// <summary>The model may have another family than when the guide first ran.</summary>
    private void VerifyKind(SampleSite latent, SampleSite drawn, GuideSite site, Distribution model)
    {
        if ((model is Normal && site.ToSupport is null) || site.Part is { Count: 0 }
            || (settled.TryGetValue(latent.Name, out (Type Guide, Type Model) known) && known == (typeof(GuideSite), model.GetType())))
        {
            return;
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        SupportPair pair = new(latent, drawn, drawn.Distribution, model, isAutomatic: true);
        Constraint mine = site.ToSupport?.Codomain ?? Constraints.Real;
        if (model.Circle is not null && !site.IsTurning)
        {
            throw pair.Outside(mine, model.Support);
        }
        Compare(pair, mine, model.Support);
        if (model.Support is not { HasGivenEnds: true })
        {
            settled[latent.Name] = (typeof(GuideSite), model.GetType());
        }
    }

    private static void RequireSame(SampleSite latent, Tensor? first, Tensor? now, Tensor? otherEnd)
    {
        if (first is null || now is null || ReferenceEquals(first, now))
        {
            return;
        }
        ModelException Refuse(Tensor value) => new(ModelError.SupportsDiffer, latent.Name,
            $"its support moves: it had a bound of {first} when the automatic guide first ran, and has {value} now. An automatic guide keeps the "
                + "support it has met. Draw a number with a fixed support and compute this one from it (low + (high - low) * u with u from 0 to 1), "
                + "or write this part of the guide by hand and join both in an AutoGuideList.");
        Require(1, now, first, otherEnd, Refuse);
        Require(-1, now, first, otherEnd, Refuse);
    }

    /// <summary>Single values with probabilities of their own have them in both or in none.</summary>
    private static void CompareMeasures(SupportPair pair, Distribution guide, Distribution model)
    {
        if (!guide.IsDiscrete && !model.IsDiscrete && guide.PointMassesWithin is null != model.PointMassesWithin is null)
        {
            throw pair.OfOtherMeasure(guide.PointMassesWithin, model.PointMassesWithin);
        }
    }

    /// <summary>A density with a period is none on the real line, where a guide would widen for ever: one turn at most may be drawn.</summary>
    private static void CompareCircles(SupportPair pair, Distribution guide, Distribution model)
    {
        if (model.Circle is not (Tensor low, Tensor high) || guide.Circle is not null || guide.IsDiscrete)
        {
            return;
        }
        Constraint from = Element(guide.Support);
        if (from.LowerEnd is null || from.UpperEnd is null)
        {
            throw pair.BeyondOneTurn(guide.Support);
        }
        Require(-1, from.UpperEnd - from.LowerEnd, high - low, null, _ => pair.BeyondOneTurn(guide.Support));
    }

    private static void Compare(SupportPair pair, Constraint mine, Constraint theirs)
    {
        if (mine.IsDiscrete != theirs.IsDiscrete)
        {
            throw pair.OfOtherKind(mine, theirs);
        }
        if (!theirs.IsDiscrete && pair.FreeCounts(mine, theirs) is { } free && free.Guide != free.Model)
        {
            throw pair.OfOtherDimension(mine, theirs, free.Guide, free.Model);
        }
        if (theirs.IsEverything)
        {
            return;
        }
        Constraint from = Element(mine);
        Constraint onto = Element(theirs);
        if (HasEnds(from) && HasEnds(onto))
        {
            CompareEnds(pair, from, onto);
        }
        else if (from.GetType() != onto.GetType() || from.Name != onto.Name
            || from.IsMade)
        {
            pair.Probe(mine, theirs);
        }
    }

    private static void CompareEnds(SupportPair pair, Constraint from, Constraint onto)
    {
        if (onto.LowerEnd is { } low)
        {
            Require(1, from.LowerEnd ?? throw pair.Outside(from, onto), low, onto.UpperEnd, _ => pair.Outside(from, onto));
        }
        if (onto.UpperEnd is { } high)
        {
            Require(-1, from.UpperEnd ?? throw pair.Outside(from, onto), high, onto.LowerEnd, _ => pair.Outside(from, onto));
        }
    }

    /// <summary>A bound lies on the right side of another: not below it for a sign of 1, not above it for -1.</summary>
    private static void Require(int sign, Tensor bound, Tensor limit, Tensor? otherEnd, Func<Tensor, ModelException> refuse)
    {
        if (bound.IsWeak && limit.IsWeak && otherEnd is null or { IsWeak: true })
        {
            double tolerance = Rounding * (Math.Abs(limit.WeakValue) + Math.Abs(otherEnd?.WeakValue ?? 0));
            if (!(sign * (bound.WeakValue - limit.WeakValue) >= -tolerance))
            {
                throw refuse(bound);
            }
            return;
        }
        Tensor slack = Rounding * (otherEnd is null ? limit.Abs() : limit.Abs() + otherEnd.Abs());
        PairCheck.Add(sign * (bound - limit) + slack >= 0, bound, refuse);
    }

    /// <summary>Whether the set is an interval whose ends are known; missing ones are infinite.</summary>
    private static bool HasEnds(Constraint constraint) => constraint.IsInterval;

    private static Constraint Element(Constraint constraint) =>
        ReferenceEquals(constraint.Element, constraint) ? constraint : Element(constraint.Element);
}
