import t from 'tap'
import { createTestApp } from './support/app.ts'
const B: Record<string, [string, string]> = {
 gf: ['application/x-www-form-urlencoded','input_1.3=Anna&input_1.6=Nowak&input_3=anna1%40ex.example&input_4=601+234+501&input_5=Skoda+Octavia&gform_submit=3&is_submit_3=1&form_id=3&entry_id=99'],
 gfjson: ['application/json',JSON.stringify({id:'81',form_id:'3',date_created:'2026-11-20 10:00:00','1.3':'Anna','1.6':'Nowak','2':'anna2@ex.example','3':'601 234 502','4':'Interesuje mnie Skoda',ip:'1.2.3.4',source_url:'https://d.example/kia'})],
 cf7: ['multipart/form-data','your-name=Jan Kos|your-email=jan3@ex.example|your-phone=601234503|your-message=Dzień dobry|_wpcf7=12|_wpcf7_unit_tag=x|callback=tak'],
 elementor: ['application/x-www-form-urlencoded','form_id=abc&form_name=Kontakt&fields%5Bname%5D%5Bvalue%5D=Ola+Lis&fields%5Bname%5D%5Btitle%5D=Imi%C4%99&fields%5Bemail%5D%5Bvalue%5D=ola4%40ex.example&fields%5Bfield_x%5D%5Bvalue%5D=601234504&fields%5Bfield_x%5D%5Btitle%5D=Telefon&fields%5Bfield_x%5D%5Btype%5D=tel&meta%5Bdate%5D%5Bvalue%5D=2026-11-20'],
 hubspot: ['application/json',JSON.stringify({vid:123,properties:{firstname:{value:'Eva'},lastname:{value:'Berg'},email:{value:'eva5@ex.example'},mobilephone:{value:'+49 151 23456705'},lifecyclestage:{value:'lead'},hubspot_owner_id:{value:'77'}},'form-submissions':[{'page-url':'https://x.example'}]})],
 typeform: ['application/json',JSON.stringify({event_id:'e1',event_type:'form_response',form_response:{form_id:'f',token:'tok6',submitted_at:'2026-11-20T10:00:00Z',definition:{fields:[{id:'a',title:'¿Cómo te llamas?',type:'short_text'},{id:'b',title:'Tu correo',type:'email'},{id:'c',title:'¿Te llamamos?',type:'yes_no'},{id:'d',title:'Teléfono',type:'phone_number'}]},answers:[{type:'text',text:'Luis Gil',field:{id:'a',type:'short_text'}},{type:'email',email:'luis6@ex.example',field:{id:'b',type:'email'}},{type:'boolean',boolean:true,field:{id:'c',type:'yes_no'}},{type:'phone_number',phone_number:'+34612345706',field:{id:'d',type:'phone_number'}}]}})],
 fb: ['application/json',JSON.stringify({created_time:'2026-11-20T10:00:00+0000',id:'77777',ad_name:'Kia',form_id:'9',field_data:[{name:'full_name',values:['Piotr Zając']},{name:'phone_number',values:['+48601234507']},{name:'email',values:['piotr7@ex.example']},{name:'kiedy_zadzwonić?',values:['po 17']}]})],
 fbhook: ['application/json',JSON.stringify({object:'page',entry:[{id:'1',time:1,changes:[{field:'leadgen',value:{leadgen_id:'555',page_id:'1',form_id:'2',created_time:1700000000}}]}]})],
 mobilede: ['application/json',JSON.stringify({inquiry:{adId:'333',vehicle:{make:'VW',model:'Golf',price:{amount:'15000',currency:'EUR'}},buyer:{firstName:'Uwe',lastName:'Groß',email:'uwe8@ex.example',phone:{countryCode:'49',number:'15123456708'}},seller:{name:'Autohaus X',email:'info@autohaus.example'},message:'Noch da?'}})],
 otomoto: ['application/json',JSON.stringify({ad_id:123456789,title:'Skoda Octavia 2019',sender_name:'Marek',sender_email:'marek9@ex.example',sender_phone:'601 234 509',body:'Czy aktualne?',user_id:42,created_at:'2026-11-20T10:00:00+01:00'})],
 zapier: ['application/json',JSON.stringify({'Full Name':'Tim Fox','Email Address':'tim10@ex.example','Phone Number':'(585) 297-1210','Vehicle of Interest':'2021 Ford F-150','Preferred Contact Method':'Phone','Best time to call':'after 5pm','Call me back?':'Yes'})],
 make: ['application/json',JSON.stringify([{bundle:{data:{Name:'Jo Ray',Mail:'jo11@ex.example',Tel:'601234511'}}}])],
 wix: ['application/json',JSON.stringify({data:{formName:'Contact',submissions:[{label:'First name',value:'Max'},{label:'Last name',value:'Roth'},{label:'Email',value:'max12@ex.example'},{label:'Telefonnummer',value:'0151 23456712'},{label:'Rückruf gewünscht',value:'Ja'}],contact:{name:{first:'Max',last:'Roth'},email:'max12@ex.example',phones:[{phone:'0151 23456712',primary:true}]}}})],
 jotform: ['multipart/form-data','formID=1|submissionID=5555|rawRequest={"q3_name":{"first":"Iga","last":"Maj"},"q4_email":"iga13@ex.example","q5_phoneNumber":{"full":"(601) 234-513"}}|pretty=Name:Iga Maj'],
 mailparser: ['application/json',JSON.stringify({subject:'Anfrage',from:{name:'Portal',address:'noreply@portal.example'},to:[{address:'in@dealer.example'}],text:'Name: Kai Boll\nTelefon: 0151 23456714\nE-Mail: kai14@ex.example\nFahrzeug: Audi A4'})],
 text: ['text/plain','Imię: Ewa Dąb\nTelefon: 601 234 515\nE-mail: ewa15@ex.example\nAuto: Toyota Yaris'],
 callback: ['application/x-www-form-urlencoded','name=Ada+Lis&R%C3%BCckruf=ja&email=ada16%40ex.example'],
 callalone: ['application/x-www-form-urlencoded','name=Ada+Lis&R%C3%BCckruf=ja&message=0151+23456717'],
 oddzwon: ['application/x-www-form-urlencoded','imie=Ada&oddzwo%C5%84=tak&telefon=601234518'],
 callme: ['application/json',JSON.stringify({name:'Ana',email:'ana19@ex.example','¿Quieres que te llamemos?':'sí','Llamar':'sí'})],
 tiktok: ['application/json',JSON.stringify({lead_id:'t1',ad_id:'1',page_id:'2',create_time:1700000000,questions:[{question:'Name',answer:'Zoe Q'},{question:'Phone number',answer:'+34612345720'}]})],
 google: ['application/json',JSON.stringify({lead_id:'g1',user_column_data:[{column_name:'Full Name',string_value:'Gus Li',column_id:'FULL_NAME'},{column_name:'User Phone',string_value:'+16502531221',column_id:'PHONE_NUMBER'},{column_name:'User Email',string_value:'gus21@ex.example',column_id:'EMAIL'}],api_version:'1.0',form_id:1,campaign_id:2,google_key:'k',is_test:false,gcl_id:'abc'})],
 linkedin: ['application/json',JSON.stringify({formResponse:{answers:[{questionId:1,question:'First name',answer:'Lia'},{questionId:2,question:'Email address',answer:'lia22@ex.example'}]}})],
 autotrader: ['application/json',JSON.stringify({leadId:'at1',advertiser:{name:'Dealer X',email:'dealer@x.example',phone:'02071234567'},consumer:{firstName:'Sam',lastName:'Poe',emailAddress:'sam23@ex.example',contactNumber:'07911 123456'},vehicle:{make:'Ford',model:'Focus',registration:'AB12CDE'},message:'Test drive?'})],
 coches: ['application/json',JSON.stringify({anuncio:{id:1,marca:'Seat',modelo:'Ibiza'},interesado:{nombre:'Pau',apellidos:'Sol Vidal',correo:'pau24@ex.example',telefono:'612 345 724'},concesionario:{nombre:'X',telefono:'911234567'},mensaje:'Hola'})],
 consentform: ['application/x-www-form-urlencoded','Vorname=Ina&Nachname=Abt&Telefon=0711+123425&Mobil=0151+23456725&Fax=0711+123426&Datenschutz=on'],
}
void t.test('x', {timeout:120000}, async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const ref = await dealer.admin('POST','/v1/referral-links',{label:'x'} as never)
  const links=await dealer.withUser({role:'member'})
  const l=await links.call('POST','/v1/referral-links',{label:'x'})
  const code=(l.body as any)?.code
  await dealer.admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const key = await dealer.admin('POST', '/v1/api-keys', { name: 'P', scopes: ['leads:capture','read'], lenient: true } as never)
  for (const [k,[type,body]] of Object.entries(B)) {
    let payload=body, ct=type
    if (type==='multipart/form-data'){ct='multipart/form-data; boundary=XX';payload=body.split('|').map(f=>{const i=f.indexOf('=');return `--XX\r\ncontent-disposition: form-data; name="${f.slice(0,i)}"\r\n\r\n${f.slice(i+1)}\r\n`}).join('')+'--XX--\r\n'}
    for (const [url,tok] of [['/v1/leads?source=hook',(key.body as any).key],[`/v1/referrals/${code}/leads`,null]] as const) {
      const r:any = await app.app.inject({method:'POST',url,payload,headers:{'content-type':ct,accept:'application/json',...(tok?{authorization:`Bearer ${tok}`}:{})}})
      let b:any={};try{b=r.json()}catch{}
      if(tok){const c=b.contact??b.data?.[0]?.contact??{};console.error(k,r.statusCode,[c.firstName,c.lastName,c.fullName].filter(Boolean).join('/'),'|',c.email,c.otherEmails?.join(),'|',c.phone,c.phoneType,JSON.stringify(c.otherPhones?.map((p:any)=>p.number+':'+p.type)),'|',JSON.stringify((b.vehicles??[]).map((v:any)=>[v.make,v.model].join(' '))),'| msg',(b.message??'').slice(0,40),'| ext',b.externalId,'| um',(b.unmapped??[]).map((u:any)=>u.path+'='+u.text.slice(0,20)).join(' ; '),r.statusCode>299?JSON.stringify(b.errors??b.detail):'')}
      else if(r.statusCode!==201) console.error('   REF',k,r.statusCode,JSON.stringify(b.errors??b.detail??b))
    }
  }
  // held then whole
  const h=await app.app.inject({method:'POST',url:'/v1/leads?source=hook',payload:'{"contact":{"fullName":"Leo Kern","phone":"+48601234599"},"message":"He',headers:{'content-type':'application/json',authorization:`Bearer ${(key.body as any).key}`}})
  const w=await app.app.inject({method:'POST',url:'/v1/leads?source=hook',payload:'{"contact":{"fullName":"Leo Kern","phone":"+48601234599"},"message":"Hello"}',headers:{'content-type':'application/json',authorization:`Bearer ${(key.body as any).key}`}})
  console.error('HELD',h.statusCode,h.json().quarantined,'WHOLE',w.statusCode,w.json().outcome,w.json().duplicateOf,h.json().id,w.json().quarantined)
})
