using System.Runtime;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Code;

/// <summary>Whether kernels can be compiled while the program runs.</summary>
/// <remarks>
/// A program of one file (<c>dotnet run my.cs</c>) is built as if it were to become native code, unless it says <c>#:property PublishAot=false</c>.
/// Its settings then tell .NET's own libraries to do without run-time code although the just-in-time compiler is there, and training takes three to
/// five times as long. So the switch is turned on as soon as this assembly is loaded; native code does not look at it. Where something read it
/// before, a line on standard error says what to do.
/// </remarks>
internal static class RunTimeCode
{
    private const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    /// <summary>Whether methods can be emitted and compiled.</summary>
    public static bool IsAvailable { get; } = Ask();

    /// <summary>What a program is told whose run-time code is switched off, or null where it is on, or where there is no compiler.</summary>
    public static string? Remedy(bool isAvailable, bool hasCompiler) => isAvailable || !hasCompiler ? null
        : "Pyrite: run-time code is switched off in this program, so training and sampling take 3 to 5 times as long. Add the line \"#:property "
            + "PublishAot=false\" at the top of the script, "
            + "or <PublishAot>false</PublishAot> to its project.";

#pragma warning disable CA2255 // The switch must be on before .NET reads it, which it does once.
    [ModuleInitializer]
    internal static void Allow()
    {
        AppContext.SetSwitch(Switch, true);
        _ = IsAvailable;
    }
#pragma warning restore CA2255

    private static bool Ask()
    {
        bool isAvailable = RuntimeFeature.IsDynamicCodeCompiled;
        if (Remedy(isAvailable, hasCompiler: JitInfo.GetCompiledMethodCount() > 0) is { } remedy)
        {
            Console.Error.WriteLine(remedy);
        }
        return isAvailable;
    }
}
