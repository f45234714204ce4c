using System.Text.RegularExpressions;

namespace Pyrite.Tests;

/// <summary>What programs that read CmdStan's files ask of them; each method follows the checks that one of them makes.</summary>
internal static partial class StanReaderRules
{
    /// <summary>CmdStanPy up to 1.2 reads line after line: comments, header, rows of warm-up, adaptation, rows of draws, and every part must stand
    /// where it expects it.</summary>
    /// <remarks>cmdstanpy/utils/stancsv.py of release 1.2.5: scan_config, scan_column_names, scan_warmup_iters, scan_hmc_params, scan_sampling_iters,
    /// check_sampler_csv.</remarks>
    public static void CmdStanPy(StanFileLines file)
    {
        int at = file.HeaderAt + 1;
        if (!file.IsFixed)
        {
            Assert.Contains(file.Settings, setting => setting.Key == "save_warmup");
            string metric = file["metric"];
            Assert.Equal("# Adaptation terminated", file.Lines[at++].TrimEnd());
            string[] step = file.Lines[at++].Split('=');
            Assert.Equal(2, step.Length);
            Assert.StartsWith("# Step size", step[0]);
            StanFileLines.Number(step[1]);
            if (metric == "unit_e")
            {
                at += file.Lines[at].StartsWith("# No free parameters") ? 1 : 0;
            }
            else
            {
                Assert.Equal(metric == "diag_e" ? "# Diagonal elements of inverse mass matrix:" : "# Elements of inverse mass matrix:",
                    file.Lines[at++].TrimEnd());
                Assert.Contains(metric, (string[])["diag_e", "dense_e"]);
                int size = file.Lines[at++].Split(',').Length;
                for (int row = 1; row < size && metric == "dense_e"; row++)
                {
                    Assert.Equal(size, file.Lines[at++].Split(',').Length);
                }
            }
            int.Parse(file["max_depth"]);
        }
        int draws = 0;
        for (; at < file.Lines.Length && !file.Lines[at].StartsWith('#') && file.Lines[at].Length > 0; at++, draws++)
        {
            string[] fields = file.Lines[at].Split(',');
            Assert.Equal(file.Header.Length, fields.Length);
            if (!file.IsFixed)
            {
                // Read as whole numbers, so nan or 1.0 would end it.
                int.Parse(fields[Array.IndexOf(file.Header, "divergent__")]);
                int.Parse(fields[Array.IndexOf(file.Header, "treedepth__")]);
            }
        }
        int thin = int.Parse(file["thin"]);
        Assert.Equal((int.Parse(file["num_samples"]) + thin - 1) / thin, draws);
    }

    /// <summary>CmdStanPy from 1.3 sorts the lines into comments, header and rows, and checks each kind by itself.</summary>
    /// <remarks>cmdstanpy/utils/stancsv.py after the rewrite: parse_config, count_warmup_and_sampling_draws, raise_on_inconsistent_draws_shape,
    /// raise_on_invalid_adaptation_block, parse_hmc_adaptation_lines, parse_timing_lines.</remarks>
    public static void CmdStanPyRewritten(StanFileLines file)
    {
        Assert.StartsWith("lp__", file.Lines[file.HeaderAt]);
        Assert.True(file.Header.Count(name => name.EndsWith("__")) >= 7 || file.IsFixed);
        Assert.All(file.Rows, row => Assert.Equal(file.Header.Length, row.Split(',').Length));

        // Draws begin after the comments below the header and end at the next comment, which must be there.
        int first = Array.FindIndex(file.Lines, file.HeaderAt + 1, line => !line.StartsWith('#')),
            end = Array.FindIndex(file.Lines, first, line => line.StartsWith('#'));
        Assert.Equal(file.Rows.Length, end - first);
        int thin = int.Parse(file["thin"]);
        Assert.Equal((int.Parse(file["num_samples"]) + thin - 1) / thin, end - first);

        string[] comments = file.Comments;
        if (!file.IsFixed)
        {
            int adaptation = Array.FindIndex(comments, line => line.Contains("Adaptation terminated"));
            string metric = comments[..adaptation].Last(line => line.Contains("metric =")).Split(" = ")[1].Replace("(Default)", "").Trim();
            Assert.Matches("^# Step size = ", comments[adaptation + 1]);
            StanFileLines.Number(comments[adaptation + 1].Split(" = ")[1]);
            if (metric != "unit_e")
            {
                Assert.StartsWith(metric == "diag_e" ? "# Diagonal elements of " : "# Elements of inverse", comments[adaptation + 2]);

                // The rows of the metric end where the times begin; blank comments between do not count.
                string[] rows =
                    [.. comments[(adaptation + 3)..].Select(line => line.TrimStart('#', ' ')).TakeWhile(line => !line.StartsWith("Elapsed Time"))
                        .Where(line => line.Trim().Length > 0)];
                int size = rows[0].Split(',').Length;
                Assert.Equal(metric == "diag_e" ? 1 : size, rows.Length);
                Assert.All(rows,
                    row =>
                        Assert.All(row.Split(','), number => Assert.True(StanFileLines.Number(number) is double value && Math.Abs(value) < 1e300)));
                Assert.Equal(size, rows[^1].Split(',').Length);
            }
        }
        string[] times = [.. comments.Select(line => line.TrimStart('#', ' ')).SkipWhile(line => !line.StartsWith("Elapsed Time"))];
        Assert.Equal(["Warm-up", "Sampling", "Total"],
            times.Select(line => TimeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[2].Value));
    }

    /// <summary>cmdstanr takes the lines that begin with # or a letter for comments and header, whatever their place.</summary>
    /// <remarks>R/csv.R: read_csv_metadata, read_cmdstan_csv, check_csv_metadata_matches.</remarks>
    public static void CmdStanR(StanFileLines file)
    {
        // The first line that begins with a letter is the header: no row may look like one.
        Assert.All(file.Rows, row => Assert.True(row[0] is '-' or (>= '0' and <= '9') || file.Rows.Length == 0, row));
        string header = file.Lines.First(line => line.Length > 0 && char.IsAsciiLetter(line[0]));
        Assert.Equal(file.Lines[file.HeaderAt], header);
        Assert.Equal("sample", file["method"]);
        Assert.All((string[])["model", "id", "seed", "init", "num_samples", "num_warmup", "thin", "save_warmup", "num_threads"],
            name => Assert.NotEmpty(file[name]));
        Assert.Contains(file["save_warmup"], (string[])["0", "false"]);

        // Its metric is the comment after the title, or as many as that has numbers.
        string[] comments = file.Comments;
        int title = Array.FindIndex(comments, line => line.Contains("lements of inverse mass matrix:"));
        Assert.Equal(!file.IsFixed && file["metric"] != "unit_e", title >= 0);
        if (title >= 0)
        {
            int size = comments[title + 1].Replace("# ", "").Split(',').Length, rows = comments[title].Contains("Diagonal") ? 1 : size;
            Assert.All(comments[(title + 1)..(title + 1 + rows)],
                row => Assert.All(row.Replace("# ", "").Split(','), number => StanFileLines.Number(number)));
        }
        Assert.Contains(comments, line => line.Contains("Elapsed Time:") && line.Contains("seconds (Warm-up)"));
        StanFileLines.Number(
            comments.Single(line => line.Contains("(Warm-up)")).Replace("#", "").Replace("Elapsed Time:", "").Replace("seconds (Warm-up)", ""));
        StanFileLines.Number(comments.Single(line => line.Contains("(Sampling)")).Replace("#", "").Replace("seconds (Sampling)", ""));
        StanFileLines.Number(comments.Single(line => line.Contains("(Total)")).Replace("#", "").Replace("seconds (Total)", ""));
        Assert.True(file.IsFixed || comments.Any(line => line.Replace("#", "").Split('=')[0].Trim() == "Step size"));
    }

    /// <summary>rstan reads the settings above the adaptation, and computes from them how many draws there must be.</summary>
    /// <remarks>R/stan_csv.R: parse_stancsv_comments, read_stan_csv. Version 2.21, which Debian has, reads switches as whole numbers.</remarks>
    public static void RStan(StanFileLines file)
    {
        Assert.Equal("0", file["save_warmup"]);
        int warmup = int.Parse(file["num_warmup"]), thin = int.Parse(file["thin"]), iterations = int.Parse(file["num_samples"]) + warmup;
        Assert.Equal(1 + ((iterations - warmup - 1) / thin), file.Rows.Length);
        Assert.Contains("lp__", file.Header);
        Assert.All((string[])["delta", "gamma", "kappa", "t0"], name => StanFileLines.Number(file[name]));
        Assert.True(file.IsFixed || file["algorithm"] == "hmc");
        Assert.True(file.IsFixed || file["engine"] == "static" || file["metric"] is "unit_e" or "diag_e" or "dense_e");
        Assert.Equal(3, file.Comments.SkipWhile(line => !line.Contains("Elapsed Time")).Count(line => line.Contains("seconds")));
    }

    [GeneratedRegex(@"([\d\.]+) seconds \((.+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeLine();
}
