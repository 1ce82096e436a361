/** The ADF example of the contract: the lead of the JSON example. */
export const ADF_EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf>
  <prospect status="new">
    <id sequence="1" source="website">form-20261121-0042</id>
    <requestdate>2026-11-21T18:03:11+01:00</requestdate>
    <vehicle interest="buy" status="used">
      <year>2022</year>
      <make>Kia</make>
      <model>Ceed</model>
      <stock>U1234</stock>
      <trim>GT Line</trim>
      <odometer units="km">41000</odometer>
      <price type="asking" currency="PLN">79900.00</price>
    </vehicle>
    <customer>
      <contact>
        <name part="first" type="individual">&#321;ukasz</name>
        <name part="last" type="individual">&#379;&#243;&#322;&#263;</name>
        <email>lukasz@example.pl</email>
        <phone type="voice" time="evening">+48601234567</phone>
      </contact>
      <comments>Is the blue one still there?</comments>
    </customer>
    <vendor>
      <vendorname>Demo Motors</vendorname>
      <contact>
        <name part="full" type="business">Demo Motors</name>
        <email>hello@demo.example</email>
      </contact>
    </vendor>
  </prospect>
</adf>
`
