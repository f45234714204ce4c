using Pyrite.Checks;

namespace Pyrite.Combinators;

/// <summary>The check of a parameter, or of a scored value, in the entries that a mask keeps.</summary>
internal sealed class MaskedCheck : ICheckSubject
{
    private readonly IParameterOwner owner;
    private readonly Tensor mask;

    private MaskedCheck(IParameterOwner owner, Tensor mask)
    {
        this.owner = owner;
        this.mask = mask;
    }

    /// <summary>Looks again at the parameters of a distribution, of its parts and transforms, now that it is known which entries count.</summary>
    /// <param name="distribution">What a statement was given.</param>
    /// <param name="mask">Bool, broadcasts with the batch shape; null where everything counts.</param>
    /// <exception cref="ArgumentException">A parameter that was refused has bad entries that count.</exception>
    public static void Recheck(Distribution distribution, Tensor? mask)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Recheck(distribution, mask, StepScope.IsRecording);
    }

    /// <summary>Checks a scored value where it counts.</summary>
    /// <param name="distribution">The distribution that is masked.</param>
    /// <param name="mask">Bool, broadcasts with the batch shape.</param>
    /// <param name="value">The value.</param>
    public static void CheckValue(Distribution distribution, Tensor mask, Tensor value)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint support = distribution.Support;
        StepCheck.Add(support.Verdict(value, mask), new MaskedCheck(distribution, mask), null, value);
    }

    Exception ICheckSubject.Refuse(string? part, Tensor value) => part is null
        ? Validation.ValueRefusal((Distribution)owner, value, mask)
        : Validation.ParameterRefusal(owner, part, value, mask);

    private static void Recheck(Distribution distribution, Tensor? mask, bool isRecorded)
    {
        if (distribution is Masked layer)
        {
            mask = mask is null ? layer.Selection : mask & layer.Selection;
        }
        if (distribution.Validate)
        {
            foreach (DistributionParameter parameter in distribution.OwnParameters)
            {
                Recheck(distribution, parameter, mask, isRecorded);
            }
        }
        if (distribution is TransformedDistribution image)
        {
            Recheck(image.Transform, EntryMask.WithAxes(mask, image.Base.EventShape.Rank - image.Transform.Domain.EventRank), isRecorded);
        }
        foreach (Distribution part in distribution.PartList)
        {
            Recheck(part, EntryMask.WithAxes(mask, distribution.ExtraAxesOf(part)), isRecorded);
        }
    }

    private static void Recheck(Transform transform, Tensor? mask, bool isRecorded)
    {
        foreach (DistributionParameter parameter in transform.Declared)
        {
            Recheck(transform, parameter, mask, isRecorded);
        }
        if (transform.Source is { } source)
        {
            Recheck(source, mask, isRecorded);
        }
        foreach ((Transform part, Tensor? partMask) in transform.Under(mask))
        {
            Recheck(part, partMask, isRecorded);
        }
    }

    private static void Recheck(IParameterOwner owner, in DistributionParameter parameter, Tensor? mask, bool isRecorded)
    {
        bool wasRefused = DeferredRefusals.Take(owner, parameter.Name);
        if (mask is null)
        {
            if (wasRefused)
            {
                throw owner.Refuse(parameter.Name, parameter.Value);
            }
            return;
        }
        bool? known = parameter.Constraint.VerdictOfNumber(parameter.Value);
        if (wasRefused || (isRecorded && known is null))
        {
            // In a step the check is part of the program, so that it is exchanged in every run, whether it failed or not.
            Tensor verdict = known is null ? parameter.Constraint.Verdict(parameter.Value, mask) : (!mask).AllTrue();
            MaskedCheck subject = new(owner, mask);
            StepCheck.Exchange(owner, new StepCheck(verdict, subject, parameter.Name, parameter.Value));
        }
    }
}
