using Pyrite.Checks;
using Pyrite.Programs;
using Pyrite.Supports.Conditions;

namespace Pyrite.Combinators;

/// <summary>The check of a parameter, or of a scored value, in the entries that a mask keeps.</summary>
internal sealed class MaskedCheck : ICheckSubject
{
    private readonly Distribution distribution;
    private readonly Constraint constraint;
    private readonly Tensor mask;

    private MaskedCheck(Distribution distribution, Constraint constraint, Tensor mask)
    {
        this.distribution = distribution;
        this.constraint = constraint;
        this.mask = mask;
    }

    /// <summary>Looks again at the parameters of a distribution, and of its parts, now that it is known which entries count.</summary>
    /// <param name="distribution">What a statement was given.</param>
    /// <param name="mask">Bool, broadcasts with the batch shape; null where everything counts.</param>
    /// <exception cref="ArgumentException">A parameter that was refused has bad entries that count.</exception>
    public static void Recheck(Distribution distribution, Tensor? mask)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Recheck(distribution, mask, Recorder.Current is not null);
    }

    /// <summary>Checks a scored value where it counts.</summary>
    /// <param name="distribution">The distribution that is masked.</param>
    /// <param name="mask">Bool, broadcasts with the batch shape.</param>
    /// <param name="value">The value.</param>
    public static void CheckValue(Distribution distribution, Tensor mask, Tensor value)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Constraint support = distribution.Support;
        StepCheck.Add(support.Verdict(value, mask), new MaskedCheck(distribution, support, mask), null, value);
    }

    Exception ICheckSubject.Refuse(string? part, Tensor value)
    {
        ArgumentException refusal = Validation.Refusal(distribution, part, value, constraint, mask);
        refusal.Data[nameof(Distribution)] = distribution;
        return refusal;
    }

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
        foreach (Distribution part in distribution.PartList)
        {
            Recheck(part, WithAxes(mask, distribution.ExtraAxesOf(part)), isRecorded);
        }
    }

    private static void Recheck(Distribution distribution, in DistributionParameter parameter, Tensor? mask, bool isRecorded)
    {
        bool wasRefused = DeferredRefusals.Take(distribution, parameter.Name);
        if (mask is null)
        {
            if (wasRefused)
            {
                throw distribution.Refusal(parameter.Name, parameter.Value);
            }
            return;
        }
        bool? known = parameter.Constraint.VerdictOfNumber(parameter.Value);
        if (wasRefused || (isRecorded && known is null))
        {
            // In a step the check is part of the program, so that it is exchanged in every run, whether it failed or not.
            Tensor verdict = known is null ? parameter.Constraint.Verdict(parameter.Value, mask) : AllTrueOperation.Of(!mask);
            MaskedCheck subject = new(distribution, parameter.Constraint, mask);
            StepCheck.Exchange(distribution, new StepCheck(verdict, subject, parameter.Name, parameter.Value));
        }
    }

    /// <summary>A mask over some of the axes it broadcasts with: what stands for several entries counts if one of them does.</summary>
    public static Tensor Over(Tensor mask, Shape batch)
    {
        Shape common = Shape.Broadcast(mask.Shape, batch);
        return common == batch ? mask : mask.BroadcastTo(common).To(DType.Float32).SumTo(batch) > 0;
    }

    private static Tensor? WithAxes(Tensor? mask, int axes)
    {
        for (int i = 0; i < axes && mask is not null; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
