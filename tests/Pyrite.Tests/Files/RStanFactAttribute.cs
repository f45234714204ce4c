using System.Diagnostics;

namespace Pyrite.Tests;

/// <summary>A test that lets rstan read files, skipped with a reason where R has no rstan.</summary>
public sealed class RStanFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    public RStanFactAttribute() => Skip = Reason.Value;

    private static string? FindReason()
    {
        try
        {
            using Process process =
                Process.Start(
                    new ProcessStartInfo("Rscript", ["-e", "quit(status = !nzchar(system.file(package = 'rstan')))"])
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true
                    })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "R is here, but without rstan (Debian: r-cran-rstan).";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "R is not here (Debian: r-cran-rstan).";
        }
    }
}
