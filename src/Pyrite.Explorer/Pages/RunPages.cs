using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pyrite.Latent;
using Pyrite.Posteriors;
using Pyrite.Runs;
using Pyrite.Web;

namespace Pyrite.Pages;

/// <summary>What there is to look at.</summary>
internal static class RunPages
{
    /// <summary>Adds the addresses.</summary>
    public static void Map(WebApplication server, RunFolders runs, PlaneCache planes)
    {
        PosteriorCache posteriors = new();
        server.MapGet("/api/runs", () => Answer.Guard(() => Answer.Json(runs.Find().Select(run => new
        {
            run.Name,
            HasEvents = run.Has(RunFolder.EventsFile),
            HasPlane = planes.Knows(run),
            HasDraws = run.Draws is not null,
            run.Pictures,
        }))));

        server.MapGet("/api/runs/{name}/record", (string name) => With(name, run => Answer.Text(run.Record() ?? "null")));
        server.MapGet("/api/runs/{name}/posterior", (string name) => With(name, run => Posterior(posteriors, run)));
        server.MapGet("/api/runs/{name}/pictures/{file}", (string name, string file) => With(name, run =>
            run.Pictures.Contains(file) && run.PathOf(file) is { } path
                ? Results.Bytes(File.ReadAllBytes(path), "image/png")
                : Answer.Missing("The run has no such picture.")));

        IResult With(string name, Func<RunFolder, IResult> answer) => Answer.Guard(() =>
            runs.Named(name) is { } run ? answer(run) : Answer.Missing($"There is no run {name}."));
    }

    /// <summary>The draws; no content where there are none yet, or where they are being written and cannot be read just now.</summary>
    private static IResult Posterior(PosteriorCache posteriors, RunFolder run)
    {
        try
        {
            return posteriors.Of(run) is { } json ? Answer.Text(json) : Results.NoContent();
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException && run.HasFreshDraws())
        {
            return Results.NoContent();
        }
    }
}
