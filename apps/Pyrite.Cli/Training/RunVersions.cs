using System.Reflection;
using System.Runtime.InteropServices;

namespace Pyrite.Cli.Training;

/// <summary>The versions that decide about bits: of Pyrite, the runtime, the system and the processor's kind.</summary>
internal sealed record RunVersions(string Pyrite, string Runtime, string System, string Architecture)
{
    public static RunVersions Current { get; } = new(
        typeof(RunVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription.Trim(),
        RuntimeInformation.ProcessArchitecture.ToString());
}
