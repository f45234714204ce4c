
namespace Pyrite.Conformance;

/// <summary>One member of a family: its parameters in Float64, and how to make it from parameters.</summary>
internal sealed record Family(Tensor[] Parameters, Func<Tensor[], bool, Distribution> MakeFrom)
{
    /// <summary>The member with its own parameters.</summary>
    public Distribution Make(bool validate = true) => MakeFrom(Parameters, validate);

    /// <summary>The number a member gives, or null where it says that it has no formula.</summary>
    public static Tensor? OrNull(Func<Tensor> member)
    {
        try
        {
            return member();
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
