using Pyrite.Checks;
using Pyrite.Programs;

namespace Pyrite;

public abstract partial class Distribution : ICheckSubject
{
    Exception ICheckSubject.Refuse(string? part, Tensor value)
    {
        ArgumentException refusal = Validation.Refusal(this, part, value);
        refusal.Data[nameof(Distribution)] = this;
        return refusal;
    }
}
