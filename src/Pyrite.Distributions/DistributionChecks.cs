using Pyrite.Checks;
using Pyrite.Programs;

namespace Pyrite;

public abstract partial class Distribution : ICheckSubject
{
    /// <summary>Whether a mask leaves out entries of this distribution or of a part.</summary>
    internal bool HoldsMask
    {
        get
        {
            if (!Masked.WasUsed)
            {
                return false;
            }
            if (this is Masked)
            {
                return true;
            }
            foreach (Distribution part in Parts)
            {
                if (part.HoldsMask)
                {
                    return true;
                }
            }
            return false;
        }
    }

    /// <summary>A parameter of a model's distribution may be bad where a mask, which is not known yet, leaves entries out.</summary>
    bool ICheckSubject.Postpones(string? part, Tensor value) => part is not null && DeferredRefusals.TryHold(this, part, value);

    Exception ICheckSubject.Refuse(string? part, Tensor value) => Refusal(part, value);

    /// <summary>The error for a bad parameter, or for a value outside the support.</summary>
    internal ArgumentException Refusal(string? part, Tensor value)
    {
        ArgumentException refusal = Validation.Refusal(this, part, value);
        refusal.Data[nameof(Distribution)] = this;
        return refusal;
    }
}
