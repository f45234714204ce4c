using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Pyrite.Engine;

/// <summary>Finds the line of a user's code behind what the library does.</summary>
internal static class CallSite
{
    private static readonly string[] Library =
        ["Pyrite", "Pyrite.Tensors", "Pyrite.Distributions", "Pyrite.Neural", "Pyrite.Data", "Pyrite.Plotting"];

    /// <summary>The innermost caller outside of this library and of .NET's own, as method, file and line; the file where its symbols are at
    /// hand.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that trimming took the name from is passed over.")]
    public static string OfUser()
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && IsUser(type.Assembly))
            {
                string place = frame.GetFileName() is { } file ? $" in {Path.GetFileName(file)}, line {frame.GetFileLineNumber()}" : "";
                return $"{type.FullName}.{method.Name}{place}";
            }
        }
        return "an unknown place";
    }

    /// <summary>As the shorter form, of what a method of the library has called; null where no caller stands between.</summary>
    /// <param name="within">The type of the method.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that trimming took the name from is passed over.")]
    public static string? OfUserWithin(Type within)
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod()?.DeclaringType is { } type)
            {
                if (Definition(type) == Definition(within))
                {
                    return null;
                }
                if (IsUser(type.Assembly))
                {
                    return OfUser();
                }
            }
        }
        return null;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static bool IsUser(Assembly assembly)
    {
        string name = assembly.GetName().Name ?? "";
        return !Library.Contains(name) && !name.StartsWith("System.", StringComparison.Ordinal);
    }
}
