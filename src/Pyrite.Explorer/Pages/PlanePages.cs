using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pyrite.Latent;
using Pyrite.Runs;
using Pyrite.Web;

namespace Pyrite.Pages;

/// <summary>What the page of a latent plane asks for.</summary>
internal static class PlanePages
{
    private const int MostImages = 900;
    private const int MostNeighbours = 12;
    private const float Farthest = 1_000;

    /// <summary>Adds the addresses.</summary>
    public static void Map(WebApplication server, RunFolders runs, PlaneCache planes)
    {
        server.MapGet("/api/runs/{name}/plane", (string name) => With(name, plane => Answer.Json(new
        {
            plane.Rows,
            plane.Columns,
            Labels = Convert.ToBase64String(plane.Test.Labels.Span),
            Means = Convert.ToBase64String(MemoryMarshal.AsBytes(plane.Means.AsSpan())),
            Training = plane.Training.Count,
        })));

        server.MapGet("/api/runs/{name}/decode", (string name, float x, float y) => With(name, plane => AreLatents(x, y)
            ? Answer.Pixels(plane.Decode([x, y]))
            : Answer.Wrong("A latent is two numbers, x and y, from -1000 to 1000.")));

        server.MapGet("/api/runs/{name}/path", (string name, float x0, float y0, float x1, float y1, int count) => With(name, plane =>
            count is >= 2 and <= MostImages && AreLatents(x0, y0, x1, y1)
                ? Answer.Pixels(plane.Decode(Line(x0, y0, x1, y1, count)))
                : Answer.Wrong($"A path leads from x0, y0 to x1, y1, numbers from -1000 to 1000, in 2 to {MostImages} images.")));

        server.MapGet("/api/runs/{name}/grid", (string name, float x0, float y0, float x1, float y1, int side) => With(name, plane =>
            side >= 2 && side * side <= MostImages && AreLatents(x0, y0, x1, y1)
                ? Answer.Pixels(plane.Decode(Grid(x0, y0, x1, y1, side)))
                : Answer.Wrong($"A grid has at least 2 x 2 and at most {MostImages} images.")));

        server.MapGet("/api/runs/{name}/nearest", (string name, float x, float y, int count) => With(name, plane =>
            count is >= 1 and <= MostNeighbours && AreLatents(x, y)
                ? Answer.Json(NearestImages.Find(plane.Training, plane.Decode([x, y]), count).Select(found => new
                {
                    found.Index,
                    found.Distance,
                    Label = plane.Training.Labels.Span[found.Index],
                    Image = Convert.ToBase64String(plane.Training.Image(found.Index)),
                }))
                : Answer.Wrong($"Nearest are 1 to {MostNeighbours} images to the one that x, y decode to.")));

        server.MapGet("/api/runs/{name}/test/{index:int}", (string name, int index) => With(name, plane =>
            index >= 0 && index < plane.Test.Count
                ? Answer.Pixels(plane.Test.Image(index).ToArray())
                : Answer.Missing($"There are test images 0 to {plane.Test.Count - 1}.")));

        server.MapPost("/api/runs/{name}/encode", async (string name, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted).ConfigureAwait(false);
            byte[] image = body.ToArray();
            return With(name, plane =>
            {
                if (image.Length != plane.Pixels)
                {
                    return Answer.Wrong($"An image to encode has {plane.Rows} x {plane.Columns} bytes; found {image.Length}.");
                }
                float[] mean = plane.Encode(image);
                return Answer.Json(new { X = mean[0], Y = mean[1], Image = Convert.ToBase64String(plane.Decode(mean)) });
            });
        });

        IResult With(string name, Func<OpenPlane, IResult> answer) => Answer.Guard(() => runs.Named(name) is not { } run
            ? Answer.Missing($"There is no run {name}.")
            : planes.Of(run) is { } plane ? answer(plane) : Answer.Missing($"The run {name} has no latent plane."));
    }

    private static bool AreLatents(params ReadOnlySpan<float> numbers)
    {
        foreach (float number in numbers)
        {
            if (!(MathF.Abs(number) <= Farthest))
            {
                return false;
            }
        }
        return true;
    }

    private static float[] Line(float x0, float y0, float x1, float y1, int count)
    {
        float[] latents = new float[2 * count];
        for (int i = 0; i < count; i++)
        {
            float share = (float)i / (count - 1);
            (latents[2 * i], latents[(2 * i) + 1]) = (x0 + (share * (x1 - x0)), y0 + (share * (y1 - y0)));
        }
        return latents;
    }

    /// <summary>Centres of the cells of a grid, row after row from y0 on.</summary>
    private static float[] Grid(float x0, float y0, float x1, float y1, int side)
    {
        float[] latents = new float[2 * side * side];
        for (int i = 0; i < side * side; i++)
        {
            latents[2 * i] = x0 + ((i % side + 0.5f) / side * (x1 - x0));
            latents[(2 * i) + 1] = y0 + ((i / side + 0.5f) / side * (y1 - y0));
        }
        return latents;
    }
}
