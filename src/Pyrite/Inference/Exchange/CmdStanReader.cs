namespace Pyrite.Inference.Exchange;

/// <summary>Reads files by what the program did that wrote them: rows of warm-up are no draws, a mean is no draw, a path to an optimum are no
/// draws.</summary>
internal static class CmdStanReader
{
    /// <summary>Draws of one run.</summary>
    /// <exception cref="InvalidDataException">The files hold no draws, are damaged or cut off, differ, or are larger than the limits.</exception>
    public static CmdStanDraws Draws(IReadOnlyList<string> paths, CmdStanLimits limits)
    {
        List<CmdStanChain> chains = [];
        long numbers = 0;
        foreach (string path in paths)
        {
            CmdStanChain chain = Open(path, limits, limits.Numbers - numbers);
            numbers += chain.Numbers.Count;
            Trim(path, chain);
            if (chains.Count > 0)
            {
                chain.RequireLike(chains[0]);
            }
            chains.Add(chain);
        }
        CmdStanMethod method = MethodOf(paths[0], chains[0]);
        bool hasChains = method is CmdStanMethod.Sample or CmdStanMethod.GenerateQuantities;
        if (!hasChains && chains.Count > 1)
        {
            throw new InvalidDataException(
                $"{paths[1]} holds draws of an approximation (method \"{chains[1].Comments.Method}\"), which are no chains of one run. Read such "
                    + "files one by one.");
        }
        return WithoutZeros(chains, CmdStanColumns.Assemble(chains, hasChains)) with { Method = method };
    }

    /// <summary>The point that a file holds.</summary>
    /// <exception cref="InvalidDataException">The file holds no such point, is damaged or cut off, or larger than the limits.</exception>
    public static CmdStanEstimate Estimate(string path, CmdStanLimits limits)
    {
        CmdStanChain chain = Open(path, limits, limits.Numbers);
        CmdStanMethod method = MethodOf(path, chain);
        switch (method)
        {
            case CmdStanMethod.Optimize:
                RequireRows(path, chain);
                CmdStanDraws all = CmdStanColumns.Assemble([chain], hasChains: false);
                Draws last = all.Draws.Range((chain.Rows - 1)..);
                return new CmdStanEstimate(method, last,
                    chain.Rows > 1 ? all.Draws : null)
                { Statistics = all.Statistics?.Range((chain.Rows - 1)..) };
            case CmdStanMethod.Variational:
                RequireRows(path, chain);
                chain.Cut(1);
                CmdStanDraws mean = CmdStanColumns.Assemble([chain], hasChains: false);
                return new CmdStanEstimate(method, mean.Draws, null) { Statistics = mean.Statistics };
            default:
                throw new InvalidDataException(
                    $"{path} holds draws (method \"{chain.Comments.Method}\"), not a point. Read it with CmdStanCsv.Load.");
        }
    }

    private static CmdStanChain Open(string path, CmdStanLimits limits, long mostNumbers)
    {
        return FileContent.Read(path, FileContent.Csv, () =>
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return CmdStanChain.Read(path, stream, limits, mostNumbers);
        });
    }

    private static void Trim(string path, CmdStanChain chain)
    {
        switch (MethodOf(path, chain))
        {
            case CmdStanMethod.Sample:
                chain.DropWarmup();
                break;
            case CmdStanMethod.Variational:
                chain.TakeFirst("the mean");
                break;
            case CmdStanMethod.Optimize:
                throw new InvalidDataException(
                    $"{path} holds a point estimate (method \"optimize\"), no draws. Read it with CmdStanCsv.LoadEstimate.");
            default:
                chain.RequireAnnounced(chain.Rows);
                break;
        }
    }

    private static CmdStanMethod MethodOf(string path, CmdStanChain chain) => chain.Comments.Method switch
    {
        "sample" => CmdStanMethod.Sample,
        "generate_quantities" => CmdStanMethod.GenerateQuantities,
        "variational" => CmdStanMethod.Variational,
        "pathfinder" => CmdStanMethod.Pathfinder,
        "laplace" => CmdStanMethod.Laplace,
        "optimize" => CmdStanMethod.Optimize,
        "diagnose" =>
            throw new InvalidDataException(
                $"{path} was written by the method \"diagnose\", a test of gradients: it holds no draws. Read the output of a sampler."),
        string other =>
            throw new InvalidDataException(
                $"{path} was written by the method \"{other}\", which is not known here: what its rows are cannot be told. Known are sample, "
                    + "generate_quantities, variational, pathfinder, laplace and optimize."),
    };

    private static void RequireRows(string path, CmdStanChain chain)
    {
        if (chain.Rows == 0)
        {
            throw new InvalidDataException($"{path} has no row of numbers, so there is no estimate. The program was stopped, or failed.");
        }
    }

    /// <summary>With fixed parameters no density is computed; the zeros that stand there for it are no statistics.</summary>
    private static CmdStanDraws WithoutZeros(List<CmdStanChain> chains, CmdStanDraws read) =>
        chains[0].Comments.IsFixed && read.Statistics is { } statistics
        && statistics.Names.Where(
            name =>
                !(name is SamplerColumns.LogDensity or SamplerColumns.AcceptanceProbability
                    && statistics.Variable(name).Values.IndexOfAnyExcept(0.0) < 0)).ToArray() is { } told
            ? read with { Statistics = told.Length == 0 ? null : statistics.Select(told) }
            : read;
}
