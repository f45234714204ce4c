using System.Reflection;

namespace Pyrite;

/// <summary>One call in compiled code: who calls what, on values of which type, and whether the last argument is the literal <c>null</c>.</summary>
/// <param name="Caller">The method that calls.</param>
/// <param name="Callee">The method or constructor that is called, with its type arguments.</param>
/// <param name="Receiver">The type whose values a virtual call is constrained to, or null.</param>
/// <param name="EndsInNull">Whether <c>null</c> is loaded just before the call.</param>
internal readonly record struct MethodCall(MethodBase Caller, MethodBase Callee, Type? Receiver, bool EndsInNull)
{
    /// <summary>The caller by type and name; the compiler's own types are shown as those they were made for.</summary>
    public string Place => $"{Caller.DeclaringType?.FullName}.{Caller.Name}";
}
