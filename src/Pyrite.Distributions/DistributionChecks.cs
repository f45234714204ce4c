using Pyrite.Checks;

namespace Pyrite;

public abstract partial class Distribution : IParameterOwner
{
    /// <summary>Whether a mask leaves out entries of this distribution or of a part.</summary>
    public bool HoldsMask
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

    Exception ICheckSubject.Refuse(string? part, Tensor value) =>
        part is null ? Validation.ValueRefusal(this, value) : Validation.ParameterRefusal(this, part, value);
}
